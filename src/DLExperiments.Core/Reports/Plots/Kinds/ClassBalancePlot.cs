using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>How many rows of a data set each class has, piece by piece.</summary>
[CatalogueEntry("ClassBalance")]
public sealed class ClassBalancePlot : DatasetPlot
{
    /// <summary>Shares of each piece instead of counts.</summary>
    public bool Share { get; set; }

    private protected override Figure Draw(Dataset data)
    {
        if (data.ClassCounts is null) throw Nothing("the first target is not a class.");
        Dataset[] pieces = data.Train is null ? [data] : [.. new[] { data.Train, data.Validation, data.Test }.OfType<Dataset>().Distinct()];
        string[] names = data.Train is null ? [""] : data.Validation == data.Test ? ["Train", "Validation and Test"] : ["Train", "Validation", "Test"];
        List<string> classes = [.. data.ClassNames!.Select(RowTitle.Shown)];
        var chart = new Chart { X = new Axis { Label = XLabel ?? data.Targets[0].Name, Categories = classes }, Y = new Axis { Label = YLabel ?? (Share ? "Share" : "Rows"), Grounded = true } };
        double width = .8 / pieces.Length;
        for (int p = 0; p < pieces.Length; p++)
        {
            double[] left = [.. classes.Select((_, i) => i - .4 + p * width)], top = [.. pieces[p].ClassCounts!.Select(c => Share ? c.Share : c.Count)];
            chart.Marks.Add(new BarMark(left, [.. left.Select(l => l + width * .94)], new double[classes.Count], top)
            {
                Name = pieces.Length == 1 ? null : names[p], Colour = Palette.Colour(p), Labels = [.. top.Select(Axis.Number)],
            });
        }
        return new Figure([chart], 1) { Title = Title, Width = Math.Clamp(140 + 40 * classes.Count * pieces.Length, 480, 1600) };
    }
}
