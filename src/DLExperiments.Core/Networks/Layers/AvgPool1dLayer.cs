using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each window: [C,L] becomes [C,L'].</summary>
[CatalogueEntry("AvgPool1d")]
public sealed class AvgPool1dLayer : PoolingLayer
{
    /// <summary>Whether zeros of the padding count in the mean.</summary>
    public bool CountIncludePad { get; init; } = true;

    /// <inheritdoc/>
    protected override int Dimensions => 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.avg_pool1d(input, Kernel[0], Strides[0], Paddings[0], CeilMode, CountIncludePad);
}
