using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Means over a grid of given size, whatever the input's: [C,D,H,W] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveAvgPool3d")]
public sealed class AdaptiveAvgPool3dLayer : AdaptivePoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.adaptive_avg_pool3d(input, Sizes);
}
