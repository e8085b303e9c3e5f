using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>How far its two inputs are apart, value by value: |a - b|, what a siamese network compares by.</summary>
[CatalogueEntry("AbsoluteDifference")]
public sealed class AbsoluteDifferenceLayer : Layer
{
    /// <inheritdoc/>
    public override int MinimumInputs => 2;

    /// <inheritdoc/>
    public override int MaximumInputs => 2;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => inputs[0].Equals(inputs[1])
        ? inputs[0]
        : throw new ShapeException($"wants two inputs of one shape, got {inputs[0]} and {inputs[1]}.");

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) => (inputs[0] - inputs[1]).abs();
}
