using DLExperiments.Catalogues;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Bars side by side for each value of a property; rows with the same X are repeats, drawn as their mean with an interval.</summary>
[CatalogueEntry("Bar")]
public sealed class BarPlot : Plot
{
    /// <summary>The property that names the bars.</summary>
    public string? X { get; set; }

    /// <summary>The properties that are their heights; several stand side by side.</summary>
    public string[] Y { get; set; } = [];

    /// <summary>Properties whose values stand side by side.</summary>
    public string[] By { get; set; } = [];

    /// <summary>What is shown around the mean of repeats: Interval (95 % of the mean), Deviation, Range or None.</summary>
    public Spread Band { get; set; }

    /// <summary>Values to mark with a line across.</summary>
    public double[] Reference { get; set; } = [];

    /// <summary>A logarithmic vertical axis.</summary>
    public bool LogY { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        string x = data.Require(X, "X", Kind);
        string[] columns = Y.Length > 0 ? Y : [data.Require(null, "Y", Kind)];
        foreach (string column in columns) data.Require(column, "Y", Kind);
        List<string> names = Groups.Categories(data, x);
        var chart = new Chart { X = new Axis { Label = XLabel ?? x, Categories = names }, Y = new Axis { Label = YLabel ?? (columns.Length == 1 ? columns[0] : ""), Log = LogY, Grounded = true } };
        IGrouping<string, object>[] groups = [.. Groups.Of(data, data.Rows, By, Kind)];
        int count = groups.Length * columns.Length, series = 0;
        double width = .8 / count;
        foreach (IGrouping<string, object> group in groups)
            foreach (string column in columns)
            {
                SampleSummary[] means = [.. names.Select(n => new SampleSummary(group.Where(r => (data.Text(r, x) ?? "(none)") == n).Select(r => data.Number(r, column))))];
                double[] left = [.. names.Select((_, i) => i - .4 + series * width)];
                bool spread = Band != Spread.None && means.Any(m => m.Count > 1);
                chart.Marks.Add(new BarMark(left, [.. left.Select(l => l + width * .94)], new double[names.Count], [.. means.Select(m => m.Mean)])
                {
                    Name = count == 1 ? null : By.Length == 0 ? column : columns.Length == 1 ? group.Key : $"{group.Key}, {column}",
                    Colour = Palette.Colour(series++),
                    ErrorLow = spread ? [.. means.Select(m => Groups.Ends(m, Band, LogY).Low)] : null,
                    ErrorHigh = spread ? [.. means.Select(m => Groups.Ends(m, Band, LogY).High)] : null,
                    Labels = [.. means.Select(m => m.Count == 0 ? "" : Axis.Number(m.Mean))],
                });
            }
        if (!chart.Marks.OfType<BarMark>().Any(b => b.Top.Any(chart.Y.Takes))) throw Nothing($"there is no {(LogY ? "positive " : "")}number in {string.Join(", ", columns)}.");
        foreach (double value in Reference) chart.Marks.Add(new RuleMark(value, Vertical: false) { Name = Axis.Number(value) });
        return new Figure([chart], 1) { Title = Title };
    }
}
