using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>1 − SSIM, the structural similarity of images (Wang et al. 2004), averaged over windows, channels and rows: 0 for equal images.</summary>
[CatalogueEntry("SSIM")]
public sealed class SsimLoss : SimilarityLoss
{
    /// <inheritdoc/>
    public override string DefaultMetric => "SSIM";

    private protected override int LeastSize => Window;

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) => 1 - Compare(prediction, target).Similarity.mean([1]);
}
