using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Means over a grid of given size, whatever the input's: [C,H,W] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveAvgPool2d")]
public sealed class AdaptiveAvgPool2dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.adaptive_avg_pool2d(input, Sizes);
}
