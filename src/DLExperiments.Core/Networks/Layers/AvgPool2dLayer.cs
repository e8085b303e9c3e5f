using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each window: [C,H,W] becomes [C,H',W'].</summary>
[CatalogueEntry("AvgPool2d")]
public sealed class AvgPool2dLayer : PoolingLayer
{
    /// <summary>Whether zeros of the padding count in the mean.</summary>
    public bool CountIncludePad { get; init; } = true;

    /// <inheritdoc/>
    protected override int Dimensions => 2;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.avg_pool2d(input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
            CeilMode, CountIncludePad);
}
