namespace DLExperiments.Evaluation.Statistics;

/// <summary>The paired t test of two groups of values: whether they differ in pairs that have something in common, such as a seed.</summary>
public sealed class PairedTest
{
    /// <summary>Compares two groups.</summary>
    /// <param name="values">The values by what makes the pairs.</param>
    /// <param name="baseline">Those that they are compared with.</param>
    public PairedTest(IReadOnlyDictionary<string, double> values, IReadOnlyDictionary<string, double> baseline)
    {
        double[] pairs = [.. values.Where(v => baseline.ContainsKey(v.Key)).Select(v => v.Value - baseline[v.Key]).Where(double.IsFinite)];
        Count = pairs.Length;
        Difference = new SampleSummary(pairs);
        if (Count < 2) return;
        double error = Difference.StandardDeviation / Math.Sqrt(Count);
        PValue = error > 0 ? 2 * (1 - StudentT.Cumulative(Math.Abs(Difference.Mean) / error, Count - 1)) : Difference.Mean == 0 ? 1 : 0;
    }

    /// <summary>How many pairs there are.</summary>
    public int Count { get; }

    /// <summary>The differences of the pairs.</summary>
    public SampleSummary Difference { get; }

    /// <summary>Two-sided probability of such a mean difference if there were none; null for fewer than two pairs.</summary>
    public double? PValue { get; }
}
