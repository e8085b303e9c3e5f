using DLExperiments.Catalogues;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each window: [C,H,W] becomes [C,H',W'].</summary>
[CatalogueEntry("MaxPool2d")]
public sealed class MaxPool2dLayer : DilatedPoolingLayer
{
    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <summary>Whether its windows are 2x2 and side by side, the usual case, for which there is a faster way on the CPU.</summary>
    internal bool HalvesSides => !CeilMode && Kernel is [2, 2] && Strides is [2, 2] && Paddings is [0, 0] && Dilations is [1, 1];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => HalvesSides && MaxPool2x2.Takes(input)
        ? MaxPool2x2.Pool(input, rectify: false)
        : torch.nn.functional.max_pool2d(input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
                SlidingWindow.ToLong(Dilations), CeilMode);
}
