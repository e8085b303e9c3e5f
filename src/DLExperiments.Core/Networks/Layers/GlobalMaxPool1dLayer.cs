using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each channel: [C,L] becomes [C].</summary>
[CatalogueEntry("GlobalMaxPool1d")]
public sealed class GlobalMaxPool1dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.amax(dimensions);
}
