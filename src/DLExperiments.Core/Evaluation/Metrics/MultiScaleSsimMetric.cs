using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Losses;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>
/// Structural similarity over several scales (Wang, Simoncelli, Bovik 2003), averaged over images: the product of contrast and structure at each scale and of the
/// whole similarity at the coarsest, with the paper's exponents. 1 for equal images.
/// </summary>
[CatalogueEntry("MSSSIM")]
public sealed class MultiScaleSsimMetric : Metric
{
    /// <summary>How many scales, 1 to 5, each half as large as the one before; with fewer than 5 the exponents are scaled to the same sum.</summary>
    [Range(1, 5)]
    public int Scales { get; set; } = 5;

    /// <summary>The width of the images; by default they are square, with one channel.</summary>
    [Range(ImageSimilarity.Window, int.MaxValue)]
    public int? Columns { get; set; }

    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions) => predictions.Values.Actual.Zip(predictions.Values.Predicted).Average(r => Compare(r.First, r.Second));

    private double Compare(double[] a, double[] b)
    {
        (int rows, int columns) = ImageSimilarity.Size("MSSSIM", a.Length, Columns, ImageSimilarity.Window << (Scales - 1));
        double product = 1;
        double[] exponents = MultiScaleSsimLoss.ExponentsOf(Scales);
        for (int scale = 0; scale < Scales; scale++)
        {
            if (scale > 0)
            {
                (a, b) = (ImageSimilarity.Halve(a, rows, columns), ImageSimilarity.Halve(b, rows, columns));
                (rows, columns) = (rows / 2, columns / 2);
            }
            (double similarity, double structure) = ImageSimilarity.Compare(a, b, rows, columns, DataRange);
            // Structure can be negative, which has no power: such images are not alike at all.
            product *= Math.Pow(Math.Max(0, scale == Scales - 1 ? similarity : structure), exponents[scale]);
        }
        return product;
    }
}
