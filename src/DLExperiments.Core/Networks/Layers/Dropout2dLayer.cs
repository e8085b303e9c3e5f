using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>While training, zeroes whole channels with probability P and scales the rest by 1/(1-P); does nothing in evaluation.</summary>
[CatalogueEntry("Dropout2d")]
public sealed class Dropout2dLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The probability that a channel is zeroed.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double P { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return input;
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        context.IsTraining && P > 0 ? input * context.DrawDropoutMask([input.shape[0], input.shape[1], 1, 1], P, input) : input;
}
