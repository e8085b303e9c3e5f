using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Normalises groups of channels of each sample [C,...] (Wu and He 2018); one group is layer normalisation over all of it.</summary>
[CatalogueEntry("GroupNorm")]
public sealed class GroupNormLayer : SingleInputLayer
{
    /// <summary>How many groups the channels fall into.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int NumGroups { get; init; }

    /// <summary>Added to the variance before the root.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-5;

    /// <summary>Whether the layer learns a scale and a shift for each channel.</summary>
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count > 0 && input[0] % NumGroups == 0
        ? input
        : throw new ShapeException($"wants [C,...] with channels that {NumGroups} groups divide, got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) => Affine
        ? [new("weight", new Shape(input[0]), new ConstantInitialiser { Value = 1 }), new("bias", new Shape(input[0]), new ConstantInitialiser()) { IsInitialiserChosen = true }]
        : [];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        torch.nn.functional.group_norm(input, NumGroups, context.Find("weight"), context.Find("bias"), Eps);
}
