using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each channel: [C,H,W] becomes [C].</summary>
[CatalogueEntry("GlobalAvgPool2d")]
public sealed class GlobalAvgPool2dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.mean(dimensions);
}
