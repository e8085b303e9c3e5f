using DLExperiments.Catalogues;
using DLExperiments.Networks.Attention;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// One layer of a transformer decoder (Vaswani and others 2017): the first input [T,E] attends to itself, then to the second (what the encoder
/// gave, of the same width), then two dense layers on each step. A third input, a PaddingMask, says which steps of the second nobody looks at; a fourth
/// says so of the first.
/// </summary>
[CatalogueEntry("TransformerDecoderLayer")]
public sealed class TransformerDecoderLayerLayer : TransformerLayer
{
    /// <inheritdoc/>
    public override int MinimumInputs => 2;

    /// <inheritdoc/>
    public override int MaximumInputs => 4;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        AttentionCore.Require(inputs[0], NumHeads);
        if (inputs[1].Count != 2 || inputs[1][1] != inputs[0][1]) throw new ShapeException($"wants sequences of one width, got {inputs[0]} and {inputs[1]}.");
        if (inputs.Count > 2) PaddingMaskLayer.Require(inputs[2], inputs[1]);
        if (inputs.Count > 3) PaddingMaskLayer.Require(inputs[3], inputs[0]);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) =>
    [
        .. AttentionCore.Parameters("self_attn.", inputs[0][1], bias: true), .. AttentionCore.Parameters("multihead_attn.", inputs[0][1], bias: true),
        .. FeedforwardParameters(inputs[0][1], norms: 3),
    ];

    /// <inheritdoc/>
    public override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) => AttentionCore.MultiplyAdds(output[0], output[0], output[1])
        + AttentionCore.MultiplyAdds(output[0], inputs[1][0], output[1]) + (2L * output.ElementCount * DimFeedforward);

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        RandomStream? random = OpenRandom(context);
        torch.Tensor memory = inputs[1];
        torch.Tensor? memoryPadding = inputs.Count > 2 ? inputs[2] : null, ownPadding = inputs.Count > 3 ? inputs[3] : null;
        torch.Tensor own = Part(context, inputs[0], 1, random, x => AttentionCore.Attend(context, "self_attn.", x, x, x, NumHeads, Causal, Dropout, random, ownPadding));
        torch.Tensor other = Part(context, own, 2, random, x => AttentionCore.Attend(context, "multihead_attn.", x, memory, memory, NumHeads, false, Dropout, random, memoryPadding));
        return Part(context, other, 3, random, x => Feedforward(context, x, random));
    }
}
