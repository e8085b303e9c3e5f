using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The largest value of each window: [C,H,W] becomes [C,H',W'].</summary>
[CatalogueEntry("MaxPool2d")]
public sealed class MaxPool2dLayer : PoolingLayer
{
    /// <summary>Distance between the window's points: one number, or height and width.</summary>
    [Range(1, int.MaxValue)]
    public int[] Dilation { get; init; } = [1];

    /// <inheritdoc/>
    protected override int[] Dilations => SlidingWindow.Expand(Dilation, 2, nameof(Dilation));

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.max_pool2d(input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
            SlidingWindow.ToLong(Dilations), CeilMode);
}
