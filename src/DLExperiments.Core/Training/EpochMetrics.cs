using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Models;
using DLExperiments.Networks;

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
    /// <exception cref="ExperimentException">MetricMismatch: a metric is for no output, not for the output it was asked for, or the objective compares no outputs
    /// with targets; UnknownOutput; DuplicateMetric.</exception>
    internal static EpochMetrics? Start(TrainingOptions options, TrainingSetup setup)
    {
        if (options.Metrics.Count == 0 && options.OutputMetrics.Count == 0) return null;
        if (!setup.Objective.MeasuresOutputs)
            throw new ExperimentException("MetricMismatch", ErrorKind.InvalidArgument, $"Metrics of epochs compare outputs with targets (Supervised, MultiTask), which the objective {setup.Objective.Type} does not; "
                + "measure the model with Measure-Model -Metric, or the predictions with Measure-Prediction.", setup.Objective.Type);
        (ModelOutput Output, int Set)[] trained = [.. setup.Objective.Outputs.Select((o, i) => (o, i)).Where(o => !o.o.IsAuxiliary)];
        foreach (string name in options.OutputMetrics.Keys)
            if (!trained.Any(o => o.Output.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw new ExperimentException("UnknownOutput", ErrorKind.NotFound, $"A metric is asked for the output '{name}', but the training has none of that name. {NearNames.Suggest(name, [.. trained.Select(o => o.Output.Name)])}", name);
        OutputForm[] forms = [.. trained.Select(o => Form(o.Output, o.Set, setup))];
        foreach (Metric metric in options.Metrics)
            if (forms.All(f => f.Mismatch(metric) is not null)) throw forms[0].Mismatch(metric)!;
        return new EpochMetrics([.. trained.Select((o, i) => (o.Set, trained.Length == 1 ? "" : $"_{o.Output.Name}", new MetricTotals(
            [.. options.Metrics.Where(m => forms[i].Mismatch(m) is null),
             .. options.OutputMetrics.Where(m => m.Key.Equals(o.Output.Name, StringComparison.OrdinalIgnoreCase)).SelectMany(m => m.Value)], forms[i])))
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

    // In the units of the target, as Measure-Model gives them.
    private static OutputForm Form(ModelOutput output, int set, TrainingSetup setup) => new(output.Loss!, setup.Train.TargetSets[set].Layout, setup.Train.Network.ShapeOf(output.Name), output.ClassNames,
        output.IsFirstTarget ? setup.Preprocessing : null);
}
