using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The smallest value of each window: [C,H,W] becomes [C,H',W'].</summary>
[CatalogueEntry("MinPool2d")]
public sealed class MinPool2dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        // min = -max(-x); libtorch has no minimum pooling.
        -torch.nn.functional.max_pool2d(-input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
            SlidingWindow.ToLong(Dilations), CeilMode);
}
