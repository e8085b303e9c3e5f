using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Attention;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Attention with several heads (Vaswani and others 2017). One input [T,E] attends to itself; of two, the first asks and the second is looked at;
/// three are queries, keys and values. The output has the shape of the first.
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
    public override int MaximumInputs => 3;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        AttentionCore.Require(inputs[0], NumHeads);
        if (inputs.Any(i => i.Count != 2 || i[1] != inputs[0][1]))
            throw new ShapeException($"wants sequences of one width, got {string.Join(" and ", inputs)}.");
        if (inputs.Count == 3 && inputs[1][0] != inputs[2][0])
            throw new ShapeException($"wants as many keys as values, got {inputs[1]} and {inputs[2]}.");
        if (Causal && inputs.Any(i => i[0] != inputs[0][0]))
            throw new ShapeException($"wants sequences of one length when Causal, got {string.Join(" and ", inputs)}.");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) => [.. AttentionCore.Parameters("", inputs[0][1], Bias)];

    /// <inheritdoc/>
    public override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => AttentionCore.MultiplyAdds(inputs[0][0], inputs[^1][0], inputs[0][1]);

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs) =>
        AttentionCore.Attend(context, "", inputs[0], inputs.Count == 1 ? inputs[0] : inputs[1], inputs[^1], NumHeads, Causal, Dropout,
            context.IsTraining && Dropout > 0 ? context.OpenRandom() : null);
}
