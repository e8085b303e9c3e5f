using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Puts its inputs one after the other along a dimension, by default the channels: [3,H,W] and [5,H,W] become [8,H,W].</summary>
[CatalogueEntry("Concat")]
public sealed class ConcatLayer : Layer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <summary>The dimension, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    [Position(0)]
    public int Dim { get; init; }

    /// <inheritdoc/>
    public override int MinimumInputs => 2;

    /// <inheritdoc/>
    public override int MaximumInputs => int.MaxValue;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        int dim = inputs[0].Dimension(Dim);
        if (inputs.Any(s => s.Count != inputs[0].Count || s.Sizes.Where((size, i) => i != dim && size != inputs[0][i]).Any()))
            throw new ShapeException($"wants inputs that differ in dimension {Dim} only, got {string.Join(" and ", inputs)}.");
        return new Shape([.. inputs[0].Sizes.Select((size, i) => i == dim ? inputs.Sum(s => s[dim]) : size)]);
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) =>
        torch.cat([.. inputs], Dim < 0 ? Dim : Dim + 1);
}
