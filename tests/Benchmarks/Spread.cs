namespace DLExperiments.Benchmarks;

/// <summary>Least, median and greatest of several numbers.</summary>
/// <param name="Least">The least.</param>
/// <param name="Median">The median.</param>
/// <param name="Greatest">The greatest.</param>
internal readonly record struct Spread(double Least, double Median, double Greatest)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
    }

    /// <summary>How many times more the first took than the second, in each round.</summary>
    internal static Spread Ratio(IReadOnlyList<Timing> slow, IReadOnlyList<Timing> fast, Func<Timing, double> time) => Of(slow.Zip(fast, (a, b) => time(a) / time(b)));

    public override string ToString() => Median < 10
        ? FormattableString.Invariant($"{Least:0.00} - {Median:0.00} - {Greatest:0.00}")
        : FormattableString.Invariant($"{Least:0} - {Median:0} - {Greatest:0}");
}
