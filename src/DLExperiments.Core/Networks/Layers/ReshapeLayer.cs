using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Gives each sample another shape with as many numbers: [784] becomes [1,28,28].</summary>
[CatalogueEntry("Reshape")]
public sealed class ReshapeLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The shape of one sample, without the batch dimension.</summary>
    [Position(0)]
    public required Shape Shape { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => Shape.ElementCount == input.ElementCount
        ? Shape
        : throw new ShapeException($"wants {Shape.ElementCount} values for {Shape}, got {input.ElementCount} in {input}.");

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.reshape(Shape.WithBatch(input.shape[0]));
}
