using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises each sample over its last dimension, or over the last few (Ba, Kiros, Hinton 2016).</summary>
[CatalogueEntry("LayerNorm")]
public sealed class LayerNormLayer : SingleInputLayer
{
    /// <summary>The sizes of the last dimensions to normalise over; by default the last dimension alone.</summary>
    [Position(0)]
    public Shape? NormalizedShape { get; init; }

    /// <summary>Added to the variance before the root.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-5;

    /// <summary>Whether the layer learns a scale and a shift for each value of the normalised shape.</summary>
    public bool ElementwiseAffine { get; init; } = true;

    /// <summary>Whether the learnt part has a shift.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        if (input.Count == 0 || !input.Sizes.TakeLast(NormalizedShape?.Count ?? 0).SequenceEqual(NormalizedShape?.Sizes ?? []))
            throw new ShapeException($"wants {(NormalizedShape is null ? "[...,features]" : $"the last sizes {NormalizedShape}")}, got {input}.");
        return input;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input)
    {
        if (!ElementwiseAffine) return [];
        var weight = new ParameterSpec("weight", Normalized(input), new ConstantInitialiser { Value = 1 }) { IsInitialiserChosen = true };
        return Bias ? [weight, weight with { Name = "bias", Initialiser = new ConstantInitialiser() }] : [weight];
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.layer_norm(input, NormalizedShape is null ? [input.shape[^1]] : SlidingWindow.ToLong(NormalizedShape.Sizes),
            context.Find("weight"), context.Find("bias"), Eps);

    private Shape Normalized(Shape input) => NormalizedShape ?? new Shape(input[^1]);
}
