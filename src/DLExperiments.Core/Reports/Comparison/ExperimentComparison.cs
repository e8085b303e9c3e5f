using DLExperiments.Evaluation.Statistics;

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
        Difference = test.Count > 0 ? test.Difference.Mean : summary.Mean - new SampleSummary(baseline.Values).Mean;
        if (test.Count < 2) return;
        (DifferenceLow, DifferenceHigh) = (test.Difference.Mean - test.Difference.HalfWidth95, test.Difference.Mean + test.Difference.HalfWidth95);
        PValue = test.PValue;
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

    /// <summary>Mean of the differences from the baseline's runs of the same seed; of the means when no seed is common; null for the baseline.</summary>
    public double? Difference { get; }

    /// <summary>Lower end of its 95 % confidence interval; null for fewer than two pairs.</summary>
    public double? DifferenceLow { get; }

    /// <summary>Upper end.</summary>
    public double? DifferenceHigh { get; }

    /// <summary>Two-sided probability of such a difference if there were none (paired t test); null for fewer than two pairs.</summary>
    public double? PValue { get; }

    /// <summary>How many pairs of runs with the same seed there are.</summary>
    public int Paired { get; }

    /// <summary>Whether the group is worse than the baseline beyond doubt: the whole interval of the difference (or, without pairs, the difference) is on the bad side.</summary>
    /// <param name="higherIsBetter">Whether a higher value is better.</param>
    public bool IsRegression(bool higherIsBetter) => Difference is { } difference && (higherIsBetter ? (DifferenceHigh ?? difference) < 0 : (DifferenceLow ?? difference) > 0);
}
