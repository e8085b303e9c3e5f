using DLExperiments.Catalogues;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Precision against recall at every threshold, with the average precision: for the second of two classes, or for each of several against the rest.</summary>
[CatalogueEntry("PrecisionRecall", "PR")]
public sealed class PrecisionRecallPlot : PredictionPlot
{
    private protected override Figure Draw(PlotData data) => DrawCurves(data, "Recall", "Precision", c => c.AveragePrecision, c =>
    {
        // In steps, as the average precision adds them up; a straight line between points would promise too much (Davis and Goadrich 2006).
        var xs = new List<double> { 0 };
        var ys = new List<double>();
        for (int i = 0; i < c.Hits.Count; i++)
        {
            double precision = c.Hits[i] / (c.Hits[i] + c.Alarms[i]);
            xs.AddRange([c.Hits[i] / c.Positives, c.Hits[i] / c.Positives]);
            ys.AddRange([precision, precision]);
        }
        xs.RemoveAt(xs.Count - 1);
        return ([.. xs], [.. ys]);
    });
}
