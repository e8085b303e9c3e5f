using System.Collections;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Evaluation.Statistics;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Colours of a number over two properties (repeats count by their mean), or of a matrix piped in row by row.</summary>
[CatalogueEntry("HeatMap")]
public sealed class HeatMapPlot : Plot
{
    // More numbers than this in a picture are not read any more.
    private const int MostLabels = 400;

    /// <summary>The property of the columns; left out for a matrix.</summary>
    public string? X { get; set; }

    /// <summary>The property of the rows; left out for a matrix.</summary>
    public string? Y { get; set; }

    /// <summary>The property that is the colour; left out for a matrix.</summary>
    public string? Value { get; set; }

    /// <summary>Viridis, Counts, or Diverging (blue below zero, orange above).</summary>
    public ColourRamp Colours { get; set; }

    /// <summary>Whether small maps have their numbers in the cells.</summary>
    public bool Labels { get; set; } = true;

    private protected override Figure Draw(PlotData data)
    {
        bool matrix = data.Rows.All(r => r is IEnumerable and not string and not IDictionary);
        string[] columns, rows;
        double[][] values;
        if (matrix)
        {
            values = [.. data.Rows.Select((r, i) => ReadRow((IEnumerable)r, i))];
            if (values.FirstOrDefault(r => r.Length != values[0].Length || r.Length == 0) is { } odd)
                throw new ExperimentException("RaggedMatrix", ErrorKind.InvalidData, $"The rows of a matrix have the same number of values; row 1 has {values[0].Length}, another {odd.Length}.");
            columns = [.. Enumerable.Range(0, values[0].Length).Select(i => i.ToString())];
            rows = [.. Enumerable.Range(0, values.Length).Select(i => i.ToString())];
        }
        else
        {
            string x = data.Require(X, "X", Kind), y = data.Require(Y, "Y", Kind), value = data.Require(Value, "Value", Kind);
            columns = [.. Groups.Categories(data, x)];
            rows = [.. Groups.Categories(data, y)];
            ILookup<(string?, string?), double> cells = data.Rows.ToLookup(r => (data.Text(r, y) ?? "(none)", data.Text(r, x) ?? "(none)"), r => data.Number(r, value))!;
            values = [.. rows.Select(r => columns.Select(c => new SampleSummary(cells[(r, c)]).Mean).ToArray())];
        }
        double[] finite = [.. values.SelectMany(r => r).Where(double.IsFinite)];
        if (finite.Length == 0) throw Nothing("there is no number in the cells.");
        double low = finite.Min(), high = finite.Max();
        if (Colours == ColourRamp.Diverging) (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
        if (Colours == ColourRamp.Counts) low = Math.Min(low, 0);
        var chart = new Chart
        {
            X = new Axis { Label = XLabel ?? X ?? "", Categories = columns },
            Y = new Axis { Label = YLabel ?? Y ?? "", Categories = rows, Reversed = true },
        };
        bool labels = Labels && values.Length * values[0].Length <= MostLabels;
        chart.Marks.Add(new CellMark(values, Colours, low, high)
        {
            Name = Value, Bar = true,
            Labels = labels ? [.. values.Select(r => r.Select(v => double.IsNaN(v) ? "" : v.ToString("G3", System.Globalization.CultureInfo.InvariantCulture)).ToArray())] : null,
        });
        return new Figure([chart], 1) { Title = Title.Length > 0 ? Title : Value ?? "", Width = 680, Height = 480 };
    }

    private static double[] ReadRow(IEnumerable row, int number) => [.. row.Cast<object?>().Select(v => PlotData.TryNumber(v, out double value)
        ? value
        : throw new ExperimentException("NotANumber", ErrorKind.InvalidData, $"Row {number + 1} of the matrix holds '{v}', which is not a number.", v))];
}
