using DLExperiments.Training.Updates;

namespace DLExperiments.Training;

/// <summary>The names under which an objective's own measures stand in the history and in learning curves.</summary>
internal static class MeasureColumns
{
    private static readonly string[] Known = ["Loss", "Accuracy", "Penalty", "GradientNorm"];

    /// <summary>An objective's measures that have no property of their own in <see cref="EpochResult"/>.</summary>
    internal static IEnumerable<string> Own(IReadOnlyList<string> measures) => measures.Except(Known).Where(m => !m.StartsWith(UpdateRunner.LayerMeasure, StringComparison.Ordinal));

    /// <summary>The columns of the measures, those of training first.</summary>
    internal static string[] Of(IReadOnlyList<string> measures) => [.. Own(measures).Select(m => $"Training{m}"), .. Own(measures).Select(m => $"Validation{m}")];

    /// <summary>The values of an epoch, where there are any.</summary>
    internal static IReadOnlyDictionary<string, double> Read(IReadOnlyList<string> measures, MeasureTotals training, MeasureTotals validation)
    {
        var values = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach ((string prefix, MeasureTotals totals) in new[] { ("Training", training), ("Validation", validation) })
            foreach (string measure in Own(measures))
                if (totals.Mean(measure) is { } mean) values[prefix + measure] = mean;
        return values;
    }
}
