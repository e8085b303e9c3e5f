using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>Several metrics of one network, added up batch by batch.</summary>
internal sealed class MetricTotals
{
    private readonly OutputForm form;
    private readonly MetricTally[] tallies;

    /// <summary>Begins.</summary>
    /// <exception cref="ExperimentException">MetricMismatch: a metric is not for such outputs; DuplicateMetric: two are called alike.</exception>
    internal MetricTotals(IReadOnlyList<Metric> metrics, OutputForm form)
    {
        Metrics = metrics;
        this.form = form;
        foreach (Metric metric in metrics) form.Check(metric);
        if (metrics.GroupBy(m => m.Label).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ExperimentException("DuplicateMetric", ErrorKind.InvalidArgument, $"The metric {twice.Key} is given twice.", twice.Key);
        tallies = [.. metrics.Select(m => m.Start())];
    }

    internal IReadOnlyList<Metric> Metrics { get; }

    /// <summary>How many rows were added.</summary>
    internal long Count { get; private set; }

    internal double ValueOf(int metric) => tallies[metric].Value;

    internal IEnumerable<MetricResult> Report(bool perClass) => Metrics.Zip(tallies).SelectMany(m => m.First.Report(m.Second, Count, perClass));

    /// <summary>Adds rows.</summary>
    /// <param name="outputs">Raw outputs, row-major.</param>
    /// <param name="targets">Targets as the loss wants them, row-major.</param>
    /// <param name="rows">How many.</param>
    internal void Add(float[] outputs, float[] targets, int rows)
    {
        PredictionSet set = form.Read(outputs, targets);
        foreach (MetricTally tally in tallies) tally.Add(set);
        Count += rows;
    }

    internal void Clear()
    {
        for (int i = 0; i < tallies.Length; i++) tallies[i] = Metrics[i].Start();
        Count = 0;
    }

    internal double[][] Export() => [.. tallies.Select(t => t.Export())];

    internal void Import(double[][] states)
    {
        for (int i = 0; i < tallies.Length; i++) tallies[i].Import(states[i]);
    }
}
