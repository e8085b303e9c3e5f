using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Initialisers;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Leaky rectifier whose slope is learnt: one for all channels, or one for each (He and others 2015).</summary>
[CatalogueEntry("PReLU")]
public sealed class PReLULayer : ActivationLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.Full;

    /// <summary>How many slopes: 1, or as many as channels (the first dimension).</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int NumParameters { get; init; } = 1;

    /// <summary>The slope at the start.</summary>
    public double Init { get; init; } = 0.25;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => NumParameters == 1 || (input.Count > 0 && input[0] == NumParameters)
        ? input
        : throw new ShapeException($"wants {NumParameters} channels for its {NumParameters} slopes, got {input}.");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> GetParameters(Shape input) =>
        [new("weight", new Shape(NumParameters), new ConstantInitialiser { Value = Init })];

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.prelu(input, context["weight"]);
}
