using DLExperiments.Errors;
using DLExperiments.Metrics;
using DLExperiments.Reports.Plots;

namespace DLExperiments.Reports.Comparison;

/// <summary>Runs in groups by their settings, compared by a number; and runs against stored ones.</summary>
public static class ExperimentGroups
{
    private static readonly string[] LowerWords = ["Loss", "Error", "MSE", "MAE", "MAPE", "Brier", "Perplexity", "Duration", "Seconds"];

    /// <summary>Compares groups of runs with the first group.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="metric">The property that is compared.</param>
    /// <param name="by">The settings or properties that make groups; null for those in which the runs differ. Seed pairs them.</param>
    /// <exception cref="ExperimentException">MissingProperty: a run has no number in the metric.</exception>
    public static IReadOnlyList<ExperimentComparison> Compare(PlotData runs, string metric, IReadOnlyList<string>? by = null)
    {
        (string[] names, IReadOnlyDictionary<string, string>[] settings) = RunSettings.Differences(runs, runs.Items, metric);
        if (by is not null) names = [.. by];
        string Value(int run, string name) => settings[run].GetValueOrDefault(name) ?? runs.Text(runs.Items[run], name) ?? "";
        var comparisons = new List<ExperimentComparison>();
        IReadOnlyDictionary<string, double>? first = null;
        foreach (IGrouping<string, int> group in Enumerable.Range(0, runs.Items.Count).GroupBy(r => string.Join(", ", names.Select(n => $"{n} {Value(r, n)}"))))
        {
            IReadOnlyDictionary<string, double> values = Read(runs, [.. group.Select(r => runs.Items[r])], metric);
            comparisons.Add(new ExperimentComparison(group.Key, metric, values, first) { Settings = names.ToDictionary(n => n, n => Value(group.First(), n)) });
            first ??= values;
        }
        return comparisons;
    }

    /// <summary>Compares all runs together with stored ones; of metrics (objects with Metric and Value) each with the stored one of its name and class.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="baseline">The stored ones.</param>
    /// <param name="metric">The property that is compared.</param>
    /// <param name="higherIsBetter">Whether a higher value is better; null to take it from the metric, or from its name.</param>
    /// <param name="tolerance">By how much a number may be worse, 0 or more.</param>
    /// <returns>The comparisons, and those of them that are worse beyond the interval and the tolerance.</returns>
    /// <exception cref="ExperimentException">MissingProperty, or MissingBaseline: a metric has no stored value.</exception>
    public static (IReadOnlyList<ExperimentComparison> All, IReadOnlyList<ExperimentComparison> Worse) Gate(PlotData runs, PlotData baseline, string metric, bool? higherIsBetter = null,
        double tolerance = 0)
    {
        if (runs.Items.All(r => IsMetric(runs, r)) && baseline.Items.All(b => IsMetric(baseline, b))) return GateMetrics(runs, baseline, higherIsBetter, tolerance);
        IReadOnlyDictionary<string, double> stored = Read(baseline, baseline.Items, metric);
        var whole = new ExperimentComparison("runs", metric, Read(runs, runs.Items, metric), stored);
        bool higher = higherIsBetter ?? IsHigherBetter(metric);
        return ([new ExperimentComparison("baseline", metric, stored, null), whole], whole.IsRegression(higher, tolerance) ? [whole] : []);
    }

    /// <summary>What a name says: more is better unless it is a loss, an error or a time.</summary>
    internal static bool IsHigherBetter(string metric) => !LowerWords.Any(w => metric.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static (IReadOnlyList<ExperimentComparison>, IReadOnlyList<ExperimentComparison>) GateMetrics(PlotData runs, PlotData baseline, bool? higherIsBetter, double tolerance)
    {
        var stored = baseline.Items.Select(b => ReadMetric(baseline, b)).ToDictionary(m => (m.Metric, m.Class ?? ""));
        List<ExperimentComparison> all = [], worse = [];
        foreach (MetricResult now in runs.Items.Select(r => ReadMetric(runs, r)))
        {
            if (!stored.TryGetValue((now.Metric, now.Class ?? ""), out MetricResult? before))
                throw new ExperimentException("MissingBaseline", ErrorKind.InvalidData, $"The baseline has no {now.Metric}{(now.Class is null ? "" : $" of {now.Class}")}. It has: {string.Join(", ", stored.Keys.Select(k => k.Metric).Distinct())}.", now);
            var comparison = ExperimentComparison.OfMetric(now, before);
            all.Add(comparison);
            if (comparison.IsRegression(higherIsBetter ?? now.HigherIsBetter, tolerance)) worse.Add(comparison);
        }
        return (all, worse);
    }

    private static bool IsMetric(PlotData data, object item) => data.Value(item, "Metric") is string && data.Value(item, "Value") is not null && data.Value(item, "History") is null && data.Value(item, "Seed") is null;

    private static MetricResult ReadMetric(PlotData data, object item)
    {
        if (item is MetricResult made) return made;
        double? Optional(string name) => data.Number(item, name) is var number && double.IsNaN(number) ? null : number;
        string metric = data.Text(item, "Metric")!;
        return new MetricResult(metric, data.Number(item, "Value"), Optional("Low"), Optional("High"), (long)(Optional("Count") ?? 1), data.Text(item, "Class"))
        { HigherIsBetter = bool.TryParse(data.Text(item, "HigherIsBetter"), out bool higher) ? higher : IsHigherBetter(metric) };
    }

    private static IReadOnlyDictionary<string, double> Read(PlotData data, IReadOnlyList<object> group, string metric)
    {
        var values = new Dictionary<string, double>();
        for (int i = 0; i < group.Count; i++)
        {
            if (data.Value(group[i], metric) is not { } value || !PlotData.TryNumber(value, out double number) || double.IsNaN(number))
                throw new ExperimentException("MissingProperty", ErrorKind.InvalidData, $"A run has no number in {metric}. Choose what to compare with -Metric.", group[i]);
            string seed = data.Text(group[i], "Seed") ?? "";
            // Runs without a seed, or with one that came before, are paired by their place.
            values[seed.Length > 0 && !values.ContainsKey(seed) ? seed : $"#{i}"] = number;
        }
        return values;
    }
}
