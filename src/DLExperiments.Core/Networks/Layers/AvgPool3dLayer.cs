using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each window: [C,D,H,W] becomes [C,D',H',W'].</summary>
[CatalogueEntry("AvgPool3d")]
public sealed class AvgPool3dLayer : PoolingLayer
{
    // libtorch has no gradient of it for 16-bit numbers on the CPU.
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Full;

    /// <summary>Whether zeros of the padding count in the mean.</summary>
    public bool CountIncludePad { get; init; } = true;

    /// <inheritdoc/>
    protected override int Dimensions => 3;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.avg_pool3d(input, SlidingWindow.ToLong(Kernel), SlidingWindow.ToLong(Strides), SlidingWindow.ToLong(Paddings),
        CeilMode, CountIncludePad);
}
