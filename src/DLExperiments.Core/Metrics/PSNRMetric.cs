using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Peak signal-to-noise ratio in decibels, 10 log₁₀(range² / MSE) of each image, averaged; infinite for equal images.</summary>
[CatalogueEntry("PSNR")]
public sealed class PSNRMetric : Metric
{
    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    internal override MetricTally Start() => new MeanTally(p => p.Values.EachRow((actual, predicted) =>
        10 * Math.Log10(DataRange * DataRange / actual.Zip(predicted).Average(v => (v.First - v.Second) * (v.First - v.Second)))));
}
