using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each channel: [C,D,H,W] becomes [C].</summary>
[CatalogueEntry("GlobalMaxPool3d")]
public sealed class GlobalMaxPool3dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.amax(dimensions);
}
