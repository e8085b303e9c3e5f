using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Largest values over a grid of given size, whatever the input's: [C,H,W] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveMaxPool2d")]
public sealed class AdaptiveMaxPool2dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.adaptive_max_pool2d(input, Sizes);
}
