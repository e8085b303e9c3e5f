using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Attention;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Attention with several heads (Vaswani and others 2017). One input [T,E] attends to itself; of two, the first asks and the second is looked at;
/// three are queries, keys and values. The output has the shape of the first. A last input [keys], a PaddingMask, says which keys nobody looks at.
/// </summary>
[CatalogueEntry("MultiheadAttention")]
public sealed class MultiheadAttentionLayer : Layer
{
    /// <summary>How many heads; they divide the width of the sequence.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public required int NumHeads { get; init; }

    /// <summary>The probability of dropout of the attention weights, while training.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; }

    /// <summary>Whether the projections have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether a step sees itself and earlier steps only, as a language model must.</summary>
    public bool Causal { get; init; }

    /// <inheritdoc/>
    public override int MaximumInputs => 4;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        AttentionCore.Require(inputs[0], NumHeads);
        Shape[] sequences = HasMask(inputs.Count, inputs[^1].Count) ? [.. inputs.SkipLast(1)] : [.. inputs];
        if (sequences.Length > 3) throw new ShapeException($"wants at most queries, keys, values and a padding mask [keys], got {string.Join(" and ", inputs)}.");
        if (sequences.Any(s => s.Count != 2 || s[1] != inputs[0][1]))
            throw new ShapeException($"wants sequences of one width, got {string.Join(" and ", sequences.AsEnumerable())}.");
        if (sequences.Length == 3 && sequences[1][0] != sequences[2][0])
            throw new ShapeException($"wants as many keys as values, got {sequences[1]} and {sequences[2]}.");
        if (Causal && sequences.Any(s => s[0] != inputs[0][0]))
            throw new ShapeException($"wants sequences of one length when Causal, got {string.Join(" and ", sequences.AsEnumerable())}.");
        if (sequences.Length < inputs.Count) PaddingMaskLayer.Require(inputs[^1], sequences[^1]);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) => [.. AttentionCore.Parameters("", inputs[0][1], Bias)];

    /// <inheritdoc/>
    public override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => AttentionCore.MultiplyAdds(inputs[0][0], inputs[^1][0], inputs[0][1]);

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        bool masked = HasMask(inputs.Count, (int)inputs[^1].dim() - 1);
        int sequences = masked ? inputs.Count - 1 : inputs.Count;
        return AttentionCore.Attend(context, "", inputs[0], sequences == 1 ? inputs[0] : inputs[1], inputs[sequences - 1], NumHeads, Causal, Dropout,
            context.IsTraining && Dropout > 0 ? context.OpenRandom() : null, masked ? inputs[^1] : null);
    }

    // Sequences have two dimensions, a mask has one.
    private static bool HasMask(int inputs, int dimensionsOfLast) => inputs > 1 && dimensionsOfLast == 1;
}
