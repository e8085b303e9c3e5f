using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Puts the dimensions into another order: [C,H,W] with Dims 1,2,0 becomes [H,W,C].</summary>
[CatalogueEntry("Permute")]
public sealed class PermuteLayer : SingleInputLayer
{
    /// <summary>For each place of the result the dimension of the sample (without the batch, from 0) that goes there.</summary>
    [Position(0)]
    public required int[] Dims { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input) => Dims.Order().SequenceEqual(Enumerable.Range(0, input.Count))
        ? new([.. Dims.Select(d => input[d])])
        : throw new ShapeException($"wants each of the dimensions 0 to {input.Count - 1} of {input} once, got Dims {string.Join(",", Dims)}.");

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.permute([0, .. Dims.Select(d => d + 1L)]);
}
