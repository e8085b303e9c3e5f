using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004) of images, averaged: Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image,
/// K1 0.01, K2 0.03. 1 for equal images.
/// </summary>
[CatalogueEntry("SSIM")]
public sealed class SSIMMetric : Metric
{
    /// <summary>The width of the images; by default as the network gives them, else square with one channel.</summary>
    [Range(ImageSimilarity.Window, int.MaxValue)]
    public int? Columns { get; set; }

    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    internal override MetricTally Start() => new MeanTally(p => p.Values.EachRow((actual, predicted) => Compare(p.Values, actual, predicted)));

    private double Compare(ValueTable table, double[] a, double[] b)
    {
        (int channels, int rows, int columns) = ImageSimilarity.Size(table, a.Length, Columns, "SSIM");
        return a.Chunk(rows * columns).Zip(b.Chunk(rows * columns), (x, y) => ImageSimilarity.Compare(x, y, rows, columns, DataRange).Whole).Sum() / channels;
    }
}
