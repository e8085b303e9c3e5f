using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Peak signal-to-noise ratio in decibels, 10 log₁₀(range² / MSE) of each image, averaged; infinite for equal images.</summary>
[CatalogueEntry("PSNR")]
public sealed class PSNRMetric : Metric
{
    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        return table.Actual.Zip(table.Predicted).Average(r => 10 * Math.Log10(DataRange * DataRange / r.First.Zip(r.Second).Average(p => (p.First - p.Second) * (p.First - p.Second))));
    }
}
