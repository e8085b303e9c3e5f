using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each window: [C,D,H,W] becomes [C,D',H',W'].</summary>
[CatalogueEntry("MaxPool3d")]
public sealed class MaxPool3dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.max_pool3d(input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides),
        SlidingWindow.ToLong(Paddings), SlidingWindow.ToLong(Dilations), CeilMode);
}
