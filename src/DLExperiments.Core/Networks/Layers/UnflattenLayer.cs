using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Splits one dimension into several: [16·7·7] becomes [16,7,7].</summary>
[CatalogueEntry("Unflatten")]
public sealed class UnflattenLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The sizes to split into; their product is the size of the dimension.</summary>
    [Position(0)]
    public required Shape Sizes { get; init; }

    /// <summary>The dimension to split, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    [Position(1)]
    public int Dim { get; init; }

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        int dim = input.Dimension(Dim);
        if (Sizes.ElementCount != input[dim])
            throw new ShapeException($"wants {Sizes.ElementCount} values in dimension {Dim} for {Sizes}, got {input[dim]} in {input}.");
        return new Shape([.. input.Sizes.Take(dim), .. Sizes.Sizes, .. input.Sizes.Skip(dim + 1)]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) =>
        input.unflatten(Dim < 0 ? Dim : Dim + 1, SlidingWindow.ToLong(Sizes.Sizes));
}
