using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The smallest value of each window: [C,D,H,W] becomes [C,D',H',W'].</summary>
[CatalogueEntry("MinPool3d")]
public sealed class MinPool3dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        // min = -max(-x); libtorch has no minimum pooling.
        -torch.nn.functional.max_pool3d(-input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
            SlidingWindow.ToLong(Dilations), CeilMode);
}
