namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>A line of numbers as eight heights of one character each.</summary>
public static class Sparkline
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>Draws the last numbers, from the least of them to the greatest; what is not finite is a space.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="width">At most so many characters, at least 1.</param>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        double[] last = [.. values.Skip(Math.Max(0, values.Count - width))], finite = [.. last.Where(double.IsFinite)];
        if (finite.Length == 0) return "";
        double low = finite.Min(), span = finite.Max() - low;
        return string.Concat(last.Select(v => !double.IsFinite(v) ? ' ' : span == 0 ? Heights[3] : Heights[Math.Min(7, (int)((v - low) / span * 8))]));
    }
}
