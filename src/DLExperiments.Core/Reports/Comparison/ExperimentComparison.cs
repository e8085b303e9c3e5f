using DLExperiments.Evaluation.Statistics;
using DLExperiments.Metrics;

namespace DLExperiments.Reports.Comparison;

/// <summary>One group of runs beside the first group: its settings, its mean with a 95 % confidence interval, and the difference.</summary>
public sealed class ExperimentComparison
{
    /// <summary>Compares two groups of values.</summary>
    /// <param name="name">What the group is called: the settings in which it differs.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="values">The values of its runs by seed (or by number).</param>
    /// <param name="baseline">Those of the group that it is compared with; null for that group itself.</param>
    public ExperimentComparison(string name, string metric, IReadOnlyDictionary<string, double> values, IReadOnlyDictionary<string, double>? baseline)
    {
        var summary = new SampleSummary(values.Values);
        (Name, Metric, Count, Mean) = (name, metric, summary.Count, summary.Mean);
        if (summary.Count > 1) (Low, High) = (summary.Mean - summary.HalfWidth95, summary.Mean + summary.HalfWidth95);
        if (baseline is null) return;
        var test = new PairedTest(values, baseline);
        Paired = test.Count;
        var other = new SampleSummary(baseline.Values);
        // One pair has no interval; the groups may have.
        bool paired = test.Count > 1;
        Difference = paired ? test.Difference.Mean : summary.Mean - other.Mean;
        (double error, double degrees) = paired ? (test.Difference.StandardDeviation / Math.Sqrt(test.Count), test.Count - 1) : Unpaired(summary, other);
        if (!(degrees > 0)) return;
        double half = StudentT.Quantile(.975, degrees) * error;
        (DifferenceLow, DifferenceHigh) = (Difference - half, Difference + half);
        PValue = error > 0 ? 2 * (1 - StudentT.Cumulative(Math.Abs(Difference.Value) / error, degrees)) : Difference == 0 ? 1 : 0;
    }

    private ExperimentComparison(string name, MetricResult now, MetricResult baseline)
    {
        (Name, Metric, Count, Mean, Low, High) = (name, now.Metric, 1, now.Value, now.Low, now.High);
        Difference = now.Value - baseline.Value;
        // The interval is that of the stored value: what now lies outside of it is another result.
        if (baseline is { Low: { } low, High: { } high }) (DifferenceLow, DifferenceHigh) = (now.Value - high, now.Value - low);
    }

    /// <summary>Compares a metric with a stored value of it and its confidence interval.</summary>
    /// <param name="now">The metric as it was measured now.</param>
    /// <param name="baseline">As it was stored.</param>
    public static ExperimentComparison OfMetric(MetricResult now, MetricResult baseline) =>
        new(now.Class is null ? now.Metric : $"{now.Metric} of {now.Class}", now, baseline);

    // Without pairs: Welch's t of two groups; of one group and a single value, how far that lies from what the group would give once more.
    private static (double Error, double Degrees) Unpaired(SampleSummary a, SampleSummary b)
    {
        double x = a.Count > 1 ? a.StandardDeviation * a.StandardDeviation / a.Count : 0, y = b.Count > 1 ? b.StandardDeviation * b.StandardDeviation / b.Count : 0;
        if (a.Count > 1 && b.Count > 1)
            return (Math.Sqrt(x + y), x + y == 0 ? a.Count + b.Count - 2 : (x + y) * (x + y) / (x * x / (a.Count - 1) + y * y / (b.Count - 1)));
        SampleSummary group = a.Count > 1 ? a : b;
        return group.Count > 1 ? (group.StandardDeviation * Math.Sqrt(1 + 1.0 / group.Count), group.Count - 1) : (0, 0);
    }

    /// <summary>The settings in which the group differs from others.</summary>
    public string Name { get; }

    /// <summary>The metric.</summary>
    public string Metric { get; }

    /// <summary>How many runs it has.</summary>
    public int Count { get; }

    /// <summary>Their mean.</summary>
    public double Mean { get; }

    /// <summary>Lower end of the 95 % confidence interval of the mean; null for one run.</summary>
    public double? Low { get; }

    /// <summary>Upper end.</summary>
    public double? High { get; }

    /// <summary>The settings in which the groups differ, with this group's values; empty where it has no others beside it.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; internal init; } = new Dictionary<string, string>();

    /// <summary>Mean of the differences from the baseline's runs of the same seed; of the means when fewer than two seeds are common; null for the baseline.</summary>
    public double? Difference { get; }

    /// <summary>Lower end of its 95 % confidence interval: of paired differences (t), else of two groups (Welch); null for single runs.</summary>
    public double? DifferenceLow { get; }

    /// <summary>Upper end.</summary>
    public double? DifferenceHigh { get; }

    /// <summary>Two-sided probability of such a difference if there were none (t test, paired where seeds are common, else Welch's); null for single runs.</summary>
    public double? PValue { get; }

    /// <summary>How many pairs of runs with the same seed there are.</summary>
    public int Paired { get; }

    /// <summary>
    /// Whether the group is worse than the baseline beyond doubt: the whole interval of the difference (or, without pairs, the difference) is on the bad side, and the difference is
    /// greater than what is tolerated.
    /// </summary>
    /// <param name="higherIsBetter">Whether a higher value is better.</param>
    /// <param name="tolerance">By how much it may be worse, 0 or more.</param>
    public bool IsRegression(bool higherIsBetter, double tolerance = 0) => Difference is { } difference
        && (higherIsBetter ? (DifferenceHigh ?? difference) < 0 && difference < -tolerance : (DifferenceLow ?? difference) > 0 && difference > tolerance);
}
