namespace DLExperiments.Evaluation.Statistics;

/// <summary>The mean of some numbers and how sure it is.</summary>
public sealed class SampleSummary
{
    /// <summary>Sums up numbers; those that are not finite do not count.</summary>
    /// <param name="values">The numbers.</param>
    public SampleSummary(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        Count = finite.Length;
        if (Count == 0) return;
        Mean = finite.Average();
        Minimum = finite.Min();
        Maximum = finite.Max();
        if (Count < 2) return;
        StandardDeviation = Math.Sqrt(finite.Sum(v => (v - Mean) * (v - Mean)) / (Count - 1));
        HalfWidth95 = StudentT.Quantile(.975, Count - 1) * StandardDeviation / Math.Sqrt(Count);
    }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    /// <summary>Their mean; NaN without any.</summary>
    public double Mean { get; } = double.NaN;

    /// <summary>The least; NaN without any.</summary>
    public double Minimum { get; } = double.NaN;

    /// <summary>The greatest; NaN without any.</summary>
    public double Maximum { get; } = double.NaN;

    /// <summary>Sample standard deviation (divisor n - 1); NaN for fewer than two.</summary>
    public double StandardDeviation { get; } = double.NaN;

    /// <summary>Half of the 95 % confidence interval of the mean, t(0.975, n - 1) s / √n; NaN for fewer than two.</summary>
    public double HalfWidth95 { get; } = double.NaN;
}
