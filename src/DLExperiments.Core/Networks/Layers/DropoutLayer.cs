using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>While training, zeroes each value with probability P and scales the rest by 1/(1-P); does nothing in evaluation.</summary>
[CatalogueEntry("Dropout")]
public sealed class DropoutLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The probability of a zero.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double P { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        context.IsTraining && P > 0 ? input * context.DrawDropoutMask(input.shape, P, input) : input;
}
