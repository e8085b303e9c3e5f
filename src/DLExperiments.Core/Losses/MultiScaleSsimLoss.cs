using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// 1 − MS-SSIM, the structural similarity over several scales (Wang, Simoncelli, Bovik 2003): the product of contrast and structure at each scale, and of the
/// whole similarity at the coarsest, with the paper's exponents; each scale has half the rows and columns of the one before.
/// </summary>
[CatalogueEntry("MSSSIM")]
public sealed class MultiScaleSsimLoss : SimilarityLoss
{
    // Structure can be negative, and has no power then; nor has a power below 1 a slope at 0.
    private const double Least = 1e-6;

    private static readonly double[] Exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>How many scales, 1 to 5; with fewer than 5 the exponents are scaled to the same sum, and images may be smaller.</summary>
    [Range(1, 5)]
    public int Scales { get; init; } = 5;

    /// <inheritdoc/>
    public override string DefaultMetric => "MSSSIM";

    /// <summary>The exponents for some scales, the finest first.</summary>
    internal static double[] ExponentsOf(int scales) => [.. Exponents.Take(scales).Select(e => e * Exponents.Sum() / Exponents.Take(scales).Sum())];

    private protected override int LeastSize => Window << (Scales - 1);

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target)
    {
        double[] exponents = ExponentsOf(Scales);
        torch.Tensor? product = null;
        for (int scale = 0; scale < Scales; scale++)
        {
            if (scale > 0)
            {
                prediction = torch.nn.functional.avg_pool2d(prediction, 2);
                target = torch.nn.functional.avg_pool2d(target, 2);
            }
            (torch.Tensor similarity, torch.Tensor structure) = Compare(prediction, target);
            torch.Tensor factor = (scale == Scales - 1 ? similarity : structure).clamp_min(Least).pow(exponents[scale]);
            product = product is null ? factor : product * factor;
        }
        return 1 - product!.mean([1]);
    }
}
