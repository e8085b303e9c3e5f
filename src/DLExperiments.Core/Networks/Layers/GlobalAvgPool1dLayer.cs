using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each channel: [C,L] becomes [C].</summary>
[CatalogueEntry("GlobalAvgPool1d")]
public sealed class GlobalAvgPool1dLayer : GlobalPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Reduce(torch.Tensor input, long[] dimensions) => input.mean(dimensions);
}
