using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Joins dimensions into one, by default all of the sample: [C,H,W] becomes [C·H·W].</summary>
[CatalogueEntry("Flatten")]
public sealed class FlattenLayer : SingleInputLayer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The first dimension to join, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    [Position(0)]
    public int StartDim { get; init; }

    /// <summary>The last dimension to join, counted as StartDim.</summary>
    [Position(1)]
    public int EndDim { get; init; } = -1;

    /// <inheritdoc/>
    protected override Shape InferShape(Shape input)
    {
        if (input.Count == 0) return new Shape(1);
        (int start, int end) = (input.Dimension(StartDim), input.Dimension(EndDim));
        if (start > end) throw new ShapeException($"wants StartDim before EndDim, got {StartDim} and {EndDim} for {input}.");
        return new Shape([.. input.Sizes.Take(start), input.Sizes.Skip(start).Take(end - start + 1).Aggregate((a, b) => a * b), .. input.Sizes.Skip(end + 1)]);
    }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input.dim() == 1
        ? input.unsqueeze(1)
        : input.flatten(StartDim < 0 ? StartDim : StartDim + 1, EndDim < 0 ? EndDim : EndDim + 1);
}
