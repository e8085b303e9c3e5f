using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Metrics;
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
        var tally = new CalibrationTally(Bins);
        tally.Add(ReadPredictions(data));
        (double Confidence, double Accuracy, double Count)[] bins = [.. tally.Bins];
        Chart chart = UnitChart("Confidence", "Accuracy");
        chart.Marks.Add(new LineMark([0, 1], [0, 1]) { Name = "perfect", Dashed = true, Thickness = 1, Opacity = .6 });
        chart.Marks.Add(new LineMark([.. bins.Select(b => b.Confidence)], [.. bins.Select(b => b.Accuracy)])
        { Name = $"model (ECE {Axis.Number(Math.Round(tally.Value, 4))})", Colour = Palette.Colour(0), Dots = true });
        return Unit(chart);
    }
}
