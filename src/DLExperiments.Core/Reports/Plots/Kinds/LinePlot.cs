using DLExperiments.Catalogues;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Numbers against a number, such as a metric against a hyperparameter; rows with the same X are repeats, drawn as their mean with a band.</summary>
[CatalogueEntry("Line")]
public sealed class LinePlot : Plot
{
    /// <summary>The property on the horizontal axis; by default the row's number.</summary>
    public string? X { get; set; }

    /// <summary>The properties to draw, a line each.</summary>
    public string[] Y { get; set; } = [];

    /// <summary>Properties whose values make lines of their own.</summary>
    public string[] By { get; set; } = [];

    /// <summary>The band around the mean of repeats: Interval (95 % of the mean), Deviation, Range or None.</summary>
    public Spread Band { get; set; }

    /// <summary>Values to mark with a line across.</summary>
    public double[] Reference { get; set; } = [];

    /// <summary>Whether the points are marked.</summary>
    public bool Markers { get; set; } = true;

    /// <summary>A logarithmic horizontal axis.</summary>
    public bool LogX { get; set; }

    /// <summary>A logarithmic vertical axis.</summary>
    public bool LogY { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        string[] columns = Y.Length > 0 ? Y : [data.Require(null, "Y", Kind)];
        foreach (string column in columns) data.Require(column, "Y", Kind);
        string? x = X is null ? null : data.Require(X, "X", Kind);
        List<string>? categories = x is not null && !data.IsNumeric(x) ? Groups.Categories(data, x) : null;
        var chart = new Chart
        {
            X = new Axis { Label = XLabel ?? x ?? "Row", Log = LogX && categories is null, Categories = categories, Whole = x is null },
            Y = new Axis { Label = YLabel ?? (columns.Length == 1 ? columns[0] : ""), Log = LogY },
        };
        int series = 0;
        var places = data.Rows.Select((row, i) => (row, place: x is null ? i + 1 : categories is null ? data.Number(row, x) : categories.IndexOf(data.Text(row, x) ?? "(none)"))).ToList();
        foreach (IGrouping<string, (object row, double place)> group in GroupRows(data, places))
            foreach (string column in columns)
            {
                bool again = series >= Palette.Series.Length; // the colours start over, with dashes
                string colour = Palette.Colour(series++);
                var points = group.GroupBy(p => p.place).Where(p => chart.X.Takes(p.Key)).OrderBy(p => p.Key)
                    .Select(p => (X: p.Key, Summary: new SampleSummary(p.Select(r => data.Number(r.row, column))))).ToList();
                double[] at = [.. points.Select(p => p.X)];
                string name = By.Length == 0 ? column : columns.Length == 1 ? group.Key : $"{group.Key}, {column}";
                if (Band != Spread.None && points.Any(p => p.Summary.Count > 1))
                    chart.Marks.Add(new BandMark(at, [.. points.Select(p => Groups.Ends(p.Summary, Band, LogY).Low)], [.. points.Select(p => Groups.Ends(p.Summary, Band, LogY).High)]) { Colour = colour });
                chart.Marks.Add(new LineMark(at, [.. points.Select(p => p.Summary.Mean)]) { Name = name, Colour = colour, Dashed = again, Dots = Markers && points.Count <= 100 });
            }
        if (!chart.Marks.OfType<LineMark>().Any(l => l.Y.Any(chart.Y.Takes))) throw Nothing($"there is no {(LogX || LogY ? "positive " : "")}number in {string.Join(", ", columns)}.");
        if (series == 1) chart.Marks[^1] = chart.Marks[^1] with { Name = null };
        foreach (double value in Reference) chart.Marks.Add(new RuleMark(value, Vertical: false) { Name = Axis.Number(value) });
        return new Figure([chart], 1) { Title = Title };
    }

    private IEnumerable<IGrouping<string, (object Row, double Place)>> GroupRows(PlotData data, List<(object Row, double Place)> places)
    {
        foreach (string name in By) data.Require(name, "By", Kind);
        return places.GroupBy(p => string.Join(", ", By.Select(b => Groups.Label(data, p.Row, b))));
    }
}
