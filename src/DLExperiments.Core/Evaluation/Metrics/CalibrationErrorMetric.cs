using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Expected calibration error: how far confidence and accuracy are apart in bins of equal width, weighted by their rows (Guo et al. 2017).</summary>
[CatalogueEntry("CalibrationError", "ECE")]
public sealed class CalibrationErrorMetric : Metric
{
    /// <summary>How many bins, at least 1.</summary>
    [Range(1, 10000)]
    public int Bins { get; set; } = 15;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        predictions.Classes.NeedProbabilities("CalibrationError");
        CalibrationBin[] bins = CalibrationBin.Read(predictions.Classes, Bins);
        return bins.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / predictions.Count;
    }
}
