using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Largest values over a grid of given size, whatever the input's: [C,L] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveMaxPool1d")]
public sealed class AdaptiveMaxPool1dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.adaptive_max_pool1d(input, Sizes[0]);
}
