using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// The mean along one dimension, which goes: over the steps of a sequence, [T,F] becomes [F]. A second input, a PaddingMask of that dimension's length,
/// says which places do not count.
/// </summary>
[CatalogueEntry("Mean")]
public sealed class MeanLayer : Layer
{
    /// <summary>The dimension, counted in the sample (without the batch) from 0, or from the end with negative numbers.</summary>
    [Position(0)]
    public int Dim { get; init; }

    /// <inheritdoc/>
    public override int MaximumInputs => 2;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        int dimension = inputs[0].Dimension(Dim);
        if (inputs.Count == 2 && !(inputs[1].Count == 1 && inputs[1][0] == inputs[0][dimension]))
            throw new ShapeException($"wants a padding mask [{inputs[0][dimension]}] for {inputs[0]}, got {inputs[1]}.");
        return new([.. inputs[0].Sizes.RemoveAt(dimension)]);
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        torch.Tensor input = inputs[0];
        int dimension = Dim < 0 ? (int)input.dim() + Dim : Dim + 1;
        if (inputs.Count == 1) return input.mean([dimension]);
        long[] alike = [.. Enumerable.Range(0, (int)input.dim()).Select(d => d == 0 || d == dimension ? input.shape[d] : 1)];
        torch.Tensor counts = PaddingMaskLayer.IsPadding(inputs[1]).logical_not().to(input.dtype).reshape(alike);
        // A sequence of nothing but padding has the mean zero.
        return (input * counts).sum([dimension]) / counts.sum([dimension]).clamp_min(1);
    }
}
