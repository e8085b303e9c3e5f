using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Adds a learnt vector to each step of a sequence [T,E], so that the steps can be told apart.</summary>
[CatalogueEntry("PositionEmbedding")]
public sealed class PositionEmbeddingLayer : SingleInputLayer
{
    /// <summary>The standard deviation of the vectors at the start.</summary>
    [Position(0)]
    [Range(0.0, double.MaxValue)]
    public double Std { get; init; } = 0.02;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => input.Count == 2 ? input : throw new ShapeException($"wants a sequence [steps,features], got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        [new("weight", input, new NormalInitialiser { Std = Std }, input[0], input[1]) { IsInitialiserChosen = true }];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input + context["weight"];
}
