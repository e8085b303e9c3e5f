using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Divides by the root mean square of the last dimension and scales by a learnt factor: x / √(mean(x²) + ε) · γ (Zhang and Sennrich 2019).</summary>
[CatalogueEntry("RMSNorm")]
public sealed class RMSNormLayer : SingleInputLayer
{
    /// <summary>Added to the mean square before the root.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-6;

    /// <summary>Whether the layer learns a factor for each value.</summary>
    public bool ElementwiseAffine { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count > 0 ? input : throw new ShapeException($"wants [...,features], got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        ElementwiseAffine ? [new("weight", new Shape(input[^1]), new ConstantInitialiser { Value = 1 }) { IsInitialiserChosen = true }] : [];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        torch.Tensor normalised = input * (input.square().mean([-1], keepdim: true) + Eps).rsqrt();
        return context.Find("weight") is { } weight ? normalised * weight : normalised;
    }
}
