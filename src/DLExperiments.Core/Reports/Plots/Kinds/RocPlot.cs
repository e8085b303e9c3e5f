using DLExperiments.Catalogues;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>True against false positive rate at every threshold, with the area: for the second of two classes, or for each of several against the rest.</summary>
[CatalogueEntry("ROC")]
public sealed class RocPlot : PredictionPlot
{
    private protected override Figure Draw(PlotData data)
    {
        Figure figure = DrawCurves(data, "False positive rate", "True positive rate", c => c.RocArea,
            c => ([0, .. c.Alarms.Select(a => a / c.Negatives)], [0, .. c.Hits.Select(h => h / c.Positives)]));
        figure.Charts[0].Marks.Add(new LineMark([0, 1], [0, 1]) { Name = "chance", Dashed = true, Thickness = 1, Opacity = .6 });
        return figure;
    }
}
