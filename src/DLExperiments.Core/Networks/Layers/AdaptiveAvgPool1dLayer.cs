using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Means over a grid of given size, whatever the input's: [C,L] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveAvgPool1d")]
public sealed class AdaptiveAvgPool1dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.adaptive_avg_pool1d(input, Sizes[0]);
}
