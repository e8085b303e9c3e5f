using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004) of images, averaged: Gaussian windows of 11 × 11 with σ 1.5 that lie inside the image,
/// K1 0.01, K2 0.03. 1 for equal images.
/// </summary>
[CatalogueEntry("SSIM")]
public sealed class SSIMMetric : Metric
{
    private const int Window = 11;

    /// <summary>The width of the images; by default they are square, with one channel.</summary>
    [Range(Window, int.MaxValue)]
    public int? Columns { get; set; }

    /// <summary>The greatest minus the least possible value of a pixel, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DataRange { get; set; } = 1;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions) => predictions.Values.Actual.Zip(predictions.Values.Predicted).Average(r => Compare(r.First, r.Second));

    private double Compare(double[] a, double[] b)
    {
        int columns = Columns ?? (int)Math.Round(Math.Sqrt(a.Length)), rows = a.Length / columns;
        if (rows * columns != a.Length || rows < Window || columns < Window)
            throw new ExperimentException("NotAnImage", ErrorKind.InvalidData, $"SSIM: {a.Length} pixels are not an image of {columns} columns with at least {Window} rows and columns; give -Columns, one channel at a time.");
        double c1 = Math.Pow(.01 * DataRange, 2), c2 = Math.Pow(.03 * DataRange, 2), sum = 0;
        double[] weights = [.. Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * 1.5 * 1.5)))];
        double total = weights.Sum();
        for (int top = 0; top + Window <= rows; top++)
            for (int left = 0; left + Window <= columns; left++)
            {
                double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
                for (int y = 0; y < Window; y++)
                    for (int x = 0; x < Window; x++)
                    {
                        double w = weights[y] * weights[x] / (total * total), p = a[(top + y) * columns + left + x], q = b[(top + y) * columns + left + x];
                        (ma, mb, aa, bb, ab) = (ma + w * p, mb + w * q, aa + w * p * p, bb + w * q * q, ab + w * p * q);
                    }
                double covariance = ab - ma * mb, variances = aa - ma * ma + bb - mb * mb;
                sum += (2 * ma * mb + c1) * (2 * covariance + c2) / ((ma * ma + mb * mb + c1) * (variances + c2));
            }
        return sum / ((rows - Window + 1) * (columns - Window + 1));
    }
}
