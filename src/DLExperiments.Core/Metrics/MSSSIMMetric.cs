using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Losses;

namespace DLExperiments.Metrics;

/// <summary>
/// Structural similarity over several scales (Wang, Simoncelli and Bovik 2003), averaged over images: contrast and structure at each scale,
/// luminance at the coarsest, each to the power of the paper's weights. A mean that is negative counts as 0. Five scales need images of 176 × 176.
/// </summary>
[CatalogueEntry("MSSSIM", "MS-SSIM")]
public sealed class MSSSIMMetric : Metric
{
    /// <summary>How many scales, 1 to 5, each half as large as the one before; of fewer the weights are brought to the same sum.</summary>
    [Range(1, 5)]
    public int Scales { get; set; } = 5;

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
        (int channels, int rows, int columns) = ImageSimilarity.Size(table, a.Length, Columns, "MSSSIM");
        int most = 1;
        while (most < 5 && Math.Min(rows, columns) >> most >= ImageSimilarity.Window) most++;
        if (Scales > most)
            throw new ExperimentException("NotAnImage", ErrorKind.InvalidData, $"MSSSIM: images of {rows} × {columns} have room for {most} scale(s), not {Scales}; set Scales.");
        return a.Chunk(rows * columns).Zip(b.Chunk(rows * columns), (x, y) => CompareChannel(x, y, rows, columns)).Sum() / channels;
    }

    private double CompareChannel(double[] a, double[] b, int rows, int columns)
    {
        double product = 1;
        double[] powers = MultiScaleSsimLoss.ExponentsOf(Scales);
        for (int s = 0; s < Scales; s++)
        {
            (double whole, double structure) = ImageSimilarity.Compare(a, b, rows, columns, DataRange);
            product *= Math.Pow(Math.Max(0, s + 1 == Scales ? whole : structure), powers[s]);
            (a, b) = (ImageSimilarity.Halve(a, rows, columns), ImageSimilarity.Halve(b, rows, columns));
            (rows, columns) = (rows / 2, columns / 2);
        }
        return product;
    }
}
