using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each channel: [C,D,H,W] becomes [C].</summary>
[CatalogueEntry("GlobalAvgPool3d")]
public sealed class GlobalAvgPool3dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.mean(dimensions);
}
