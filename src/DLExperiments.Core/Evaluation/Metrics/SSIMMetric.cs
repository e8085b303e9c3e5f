using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004) of images, averaged: Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image,
/// K1 0.01, K2 0.03. 1 for equal images.
/// </summary>
[CatalogueEntry("SSIM")]
public sealed class SSIMMetric : Metric
{
    /// <summary>The width of the images; by default they are square, with one channel.</summary>
    [Range(ImageSimilarity.Window, int.MaxValue)]
    public int? Columns { get; set; }

    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions) => predictions.Values.Actual.Zip(predictions.Values.Predicted).Average(r =>
    {
        (int rows, int columns) = ImageSimilarity.Size("SSIM", r.First.Length, Columns, ImageSimilarity.Window);
        return ImageSimilarity.Compare(r.First, r.Second, rows, columns, DataRange).Similarity;
    });
}
