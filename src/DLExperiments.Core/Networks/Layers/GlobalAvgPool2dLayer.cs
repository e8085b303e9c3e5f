using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The mean of each channel: [C,H,W] becomes [C].</summary>
[CatalogueEntry("GlobalAvgPool2d")]
public sealed class GlobalAvgPool2dLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return new Shape(input[0]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.mean([2, 3]);
}
