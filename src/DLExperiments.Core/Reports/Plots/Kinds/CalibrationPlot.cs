using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Evaluation.Metrics;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>How often predictions are right against how sure they are, in bins of confidence, with the expected calibration error.</summary>
[CatalogueEntry("Calibration")]
public sealed class CalibrationPlot : PredictionPlot
{
    /// <summary>How many bins, 1 to 100.</summary>
    [Range(1, 100)]
    public int Bins { get; set; } = 15;

    private protected override Figure Draw(PlotData data)
    {
        ClassTable table = ReadClasses(data);
        CalibrationBin[] bins = CalibrationBin.Read(table, Bins);
        double error = bins.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / table.Actual.Length;
        Chart chart = UnitChart("Confidence", "Accuracy");
        chart.Marks.Add(new LineMark([0, 1], [0, 1]) { Name = "perfect", Dashed = true, Thickness = 1, Opacity = .6 });
        chart.Marks.Add(new LineMark([.. bins.Select(b => b.Confidence)], [.. bins.Select(b => b.Accuracy)])
        { Name = $"model (ECE {Axis.Number(Math.Round(error, 4))})", Colour = Palette.Colour(0), Dots = true });
        return Unit(chart);
    }
}
