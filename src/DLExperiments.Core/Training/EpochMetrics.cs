using DLExperiments.Errors;
using DLExperiments.Metrics;

namespace DLExperiments.Training;

/// <summary>The metrics that a training measures in every epoch, of each output that it trains, added up batch by batch.</summary>
internal sealed class EpochMetrics
{
    private readonly (int Set, string Suffix, MetricTotals Totals)[] outputs;

    private EpochMetrics((int Set, string Suffix, MetricTotals Totals)[] outputs) => this.outputs = outputs;

    /// <summary>What the values are called, in the order of <see cref="Values"/>: <c>F1</c>, with several outputs <c>F1_kind</c>.</summary>
    internal IEnumerable<(string Label, bool HigherIsBetter)> Labels => outputs.SelectMany(o => o.Totals.Metrics.Select(m => (m.Label + o.Suffix, m.HigherIsBetter)));

    /// <summary>The columns that they are in the history and in curves.</summary>
    internal IEnumerable<string> Columns => Labels.SelectMany(l => new[] { $"Training{l.Label}", $"Validation{l.Label}" });

    /// <summary>Whether rows were added.</summary>
    internal bool Any => outputs.Any(o => o.Totals.Count > 0);

    internal IEnumerable<double> Values => outputs.SelectMany(o => Enumerable.Range(0, o.Totals.Metrics.Count).Select(o.Totals.ValueOf));

    /// <summary>Begins the metrics of some options.</summary>
    /// <param name="options">Metrics for all outputs that they fit, and metrics of outputs by name.</param>
    /// <param name="setup">The training.</param>
    /// <returns>Null when none are asked for.</returns>
    /// <exception cref="ExperimentException">MetricMismatch: a metric is for no output, not for the output it was asked for, or the objective has nothing to measure;
    /// UnknownOutput; DuplicateMetric.</exception>
    internal static EpochMetrics? Start(TrainingOptions options, TrainingSetup setup) => options.Metrics.Count == 0 && options.OutputMetrics.Count == 0 ? null
        : Start(setup.Objective.Measured(setup.Train, setup.Preprocessing), options.Metrics, options.OutputMetrics);

    /// <summary>Begins metrics.</summary>
    /// <param name="measured">What there is to measure.</param>
    /// <param name="metrics">Metrics for all that they fit.</param>
    /// <param name="named">Metrics by name.</param>
    /// <exception cref="ExperimentException">As above.</exception>
    internal static EpochMetrics Start(IReadOnlyList<MeasuredOutput> measured, IReadOnlyList<Metric> metrics, IReadOnlyDictionary<string, IReadOnlyList<Metric>> named)
    {
        foreach (string name in named.Keys)
            if (!measured.Any(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw new ExperimentException("UnknownOutput", ErrorKind.NotFound, $"A metric is asked for the output '{name}', but the training has none of that name. {NearNames.Suggest(name, [.. measured.Select(o => o.Name)])}", name);
        foreach (Metric metric in metrics)
            if (measured.All(o => o.Form.Mismatch(metric) is not null)) throw measured[0].Form.Mismatch(metric)!;
        return new EpochMetrics([.. measured.Select(o => (o.Set, measured.Count == 1 ? "" : $"_{o.Name}", new MetricTotals(
            [.. metrics.Where(m => o.Form.Mismatch(m) is null),
             .. named.Where(m => m.Key.Equals(o.Name, StringComparison.OrdinalIgnoreCase)).SelectMany(m => m.Value)], o.Form)))
            .Where(o => o.Item3.Metrics.Count > 0)]);
    }

    /// <summary>Adds rows of an output.</summary>
    /// <param name="values">Raw outputs, row-major.</param>
    /// <param name="targets">Targets as the loss wants them, row-major.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="set">The place of the output's targets.</param>
    internal void Add(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, int rows, int set)
    {
        foreach ((int own, _, MetricTotals totals) in outputs)
            if (own == set) totals.Add(values.ToArray(), targets.ToArray(), rows);
    }

    internal void Clear()
    {
        foreach ((_, _, MetricTotals totals) in outputs) totals.Clear();
    }

    internal double[][] Export() => [.. outputs.SelectMany(o => o.Totals.Export())];

    internal void Import(double[][] states)
    {
        int at = 0;
        foreach ((_, _, MetricTotals totals) in outputs) totals.Import(states[at..(at += totals.Metrics.Count)]);
    }

    /// <summary>The results of all rows so far.</summary>
    internal MetricResult[] Report(bool perClass) => [.. outputs.SelectMany(o => o.Totals.Report(perClass))];
}
