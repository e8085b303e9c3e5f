using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each channel: [C,H,W] becomes [C].</summary>
[CatalogueEntry("GlobalMaxPool2d")]
public sealed class GlobalMaxPool2dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.amax(dimensions);
}
