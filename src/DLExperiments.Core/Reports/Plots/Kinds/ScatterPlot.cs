using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Points of two properties, with a colour and a shape for each class; of a data set its first two numbers by its class.</summary>
[CatalogueEntry("Scatter")]
public sealed class ScatterPlot : Plot
{
    /// <summary>The property on the horizontal axis; by default the first that holds numbers.</summary>
    public string? X { get; set; }

    /// <summary>The property on the vertical axis; by default the second that holds numbers.</summary>
    public string? Y { get; set; }

    /// <summary>Properties whose values have colours of their own; by default the first that holds text.</summary>
    public string[]? By { get; set; }

    /// <summary>The radius of a point in pixels, above 0; by default smaller for many points.</summary>
    [Range(0.0, 50.0, MinimumIsExclusive = true)]
    public double? Size { get; set; }

    /// <summary>A logarithmic horizontal axis.</summary>
    public bool LogX { get; set; }

    /// <summary>A logarithmic vertical axis.</summary>
    public bool LogY { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        string[] names = [.. data.Names(data.Rows[0])];
        string? target = data.Items[0] is Dataset { ClassNames: not null } set ? set.Targets[0].Name : null;
        string[] numbers = X is not null && Y is not null ? [] : [.. names.Where(data.IsNumeric).Where(n => n != X && n != Y && n != target).Take(2)];
        string x = data.Require(X ?? numbers.FirstOrDefault(), "X", Kind), y = data.Require(Y ?? numbers.Skip(X is null ? 1 : 0).FirstOrDefault(), "Y", Kind);
        string[] by = By ?? (target is not null ? [target] : [.. names.Where(n => n != x && n != y && data.Rows.All(r => data.Value(r, n) is null or string) && !data.IsNumeric(n)).Take(1)]);
        var chart = new Chart { X = new Axis { Label = XLabel ?? x, Log = LogX }, Y = new Axis { Label = YLabel ?? y, Log = LogY } };
        IGrouping<string, object>[] groups = [.. Groups.Of(data, data.Rows, by, Kind).OrderBy(g => g.Key, StringComparer.Ordinal)];
        for (int g = 0; g < groups.Length; g++)
            chart.Marks.Add(new PointMark([.. groups[g].Select(r => data.Number(r, x))], [.. groups[g].Select(r => data.Number(r, y))])
            {
                Name = groups.Length == 1 ? null : groups[g].Key,
                Colour = Palette.Colour(g),
                Shape = (MarkerShape)(g % 6),
                Size = Size ?? (data.Rows.Count > 2000 ? 2 : data.Rows.Count > 400 ? 3 : 4),
                Opacity = .8,
            });
        return chart.Marks.OfType<PointMark>().Any(m => m.X.Zip(m.Y).Any(p => chart.X.Takes(p.First) && chart.Y.Takes(p.Second)))
            ? new Figure([chart], 1) { Title = Title, Height = 520, Width = 640 }
            : throw Nothing($"no row has a number in both {x} and {y}.");
    }
}
