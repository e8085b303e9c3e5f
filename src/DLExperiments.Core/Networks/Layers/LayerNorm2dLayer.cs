using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Layer normalisation over the channels of each point of an image [C,H,W], as ConvNeXt has it.</summary>
[CatalogueEntry("LayerNorm2d")]
public sealed class LayerNorm2dLayer : SingleInputLayer
{
    /// <summary>Added to the variance before the root.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-5;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        SlidingWindow.Require(input, 2);
        return input;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
    [
        new("weight", new Shape(input[0]), new ConstantInitialiser { Value = 1 }) { IsInitialiserChosen = true },
        new("bias", new Shape(input[0]), new ConstantInitialiser()) { IsInitialiserChosen = true },
    ];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.layer_norm(input.permute(0, 2, 3, 1), [input.shape[1]], context["weight"], context["bias"], Eps).permute(0, 3, 1, 2);
}
