using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Means over a grid of given size, whatever the input's: [C,H,W] becomes [C,OutputSize].</summary>
[CatalogueEntry("AdaptiveAvgPool2d")]
public sealed class AdaptiveAvgPool2dLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>Size of the output: one number, or height and width.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int[] OutputSize { get; init; } = [1];

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return new Shape([input[0], .. SlidingWindow.Expand(OutputSize, 2, nameof(OutputSize))]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.adaptive_avg_pool2d(input, SlidingWindow.ToLong(SlidingWindow.Expand(OutputSize, 2, nameof(OutputSize))));
}
