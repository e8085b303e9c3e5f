using DLExperiments.Evaluation.Statistics;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>What several kinds of plot do alike: groups by settings, means of repeats, text in a natural order.</summary>
internal static class Groups
{
    /// <summary>Rows by the values of some properties, in the order of their first appearance.</summary>
    internal static IEnumerable<IGrouping<string, object>> Of(PlotData data, IEnumerable<object> rows, string[] by, string kind)
    {
        foreach (string name in by) data.Require(name, "By", kind);
        return rows.GroupBy(r => string.Join(", ", by.Select(n => Label(data, r, n))));
    }

    /// <summary>A value for a legend: a number needs its name, a text does not.</summary>
    internal static string Label(PlotData data, object row, string name)
    {
        string text = data.Text(row, name) ?? "(none)";
        return PlotData.TryNumber(data.Value(row, name), out _) || data.Value(row, name) is bool ? $"{name} {text}" : text;
    }

    /// <summary>Ends of the spread around a mean; the mean itself where there is none.</summary>
    /// <remarks>On a logarithmic axis, where an interval below zero has no place, it ends at the least value.</remarks>
    internal static (double Low, double High) Ends(SampleSummary summary, Spread spread, bool log = false)
    {
        double half = summary.Count < 2 ? 0 : spread switch { Spread.Interval => summary.HalfWidth95, Spread.Deviation => summary.StandardDeviation, _ => 0 };
        return spread == Spread.Range ? (summary.Minimum, summary.Maximum)
            : (log && summary.Mean - half <= 0 ? summary.Minimum : summary.Mean - half, summary.Mean + half);
    }

    /// <summary>Distinct values of a property: numbers by size, text as it came.</summary>
    internal static List<string> Categories(PlotData data, string name)
    {
        IEnumerable<object> rows = data.Rows;
        if (data.IsNumeric(name)) rows = rows.OrderBy(r => data.Number(r, name));
        return [.. rows.Select(r => data.Text(r, name) ?? "(none)").Distinct()];
    }
}
