using TorchSharp;

namespace DLExperiments.Networks;

/// <summary>A layer that joins two or more inputs value by value; sizes of 1 stretch over the others' (broadcasting).</summary>
public abstract class MergeLayer : Layer
{
    /// <inheritdoc/>
    public override LayerPrecision Precision => LayerPrecision.AsGiven;

    /// <inheritdoc/>
    public sealed override int MinimumInputs => 2;

    /// <inheritdoc/>
    public sealed override int MaximumInputs => int.MaxValue;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        int[] sizes = inputs[0].ToArray();
        foreach (Shape shape in inputs)
        {
            if (shape.Count != sizes.Length || shape.Sizes.Where((size, i) => size != sizes[i] && size != 1 && sizes[i] != 1).Any())
                throw new ShapeException($"wants inputs of one shape, or of size 1 where they differ, got {string.Join(" and ", inputs)}.");
            for (int i = 0; i < sizes.Length; i++) sizes[i] = Math.Max(sizes[i], shape[i]);
        }
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) => inputs.Aggregate(Merge);

    /// <summary>Joins two batches.</summary>
    /// <param name="left">What was joined so far.</param>
    /// <param name="right">The next input.</param>
    protected abstract torch.Tensor Merge(torch.Tensor left, torch.Tensor right);
}
