using DLExperiments.Catalogues;
using DLExperiments.Networks.Attention;
using DLExperiments.Randomness;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// One layer of a transformer encoder (Vaswani and others 2017): attention of the sequence [T,E] to itself, then two dense layers on each step. A second
/// input [T], a PaddingMask, says which steps nobody looks at.
/// </summary>
[CatalogueEntry("TransformerEncoderLayer")]
public sealed class TransformerEncoderLayerLayer : TransformerLayer
{
    /// <inheritdoc/>
    public override int MaximumInputs => 2;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        AttentionCore.Require(inputs[0], NumHeads);
        if (inputs.Count == 2) PaddingMaskLayer.Require(inputs[1], inputs[0]);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> GetParameters(IReadOnlyList<Shape> inputs) =>
        [.. AttentionCore.Parameters("self_attn.", inputs[0][1], bias: true), .. FeedforwardParameters(inputs[0][1], norms: 2)];

    /// <inheritdoc/>
    public override long CountMultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) =>
        AttentionCore.MultiplyAdds(output[0], output[0], output[1]) + (2L * output.ElementCount * DimFeedforward);

    /// <inheritdoc/>
    public override torch.Tensor Forward(LayerContext context, IReadOnlyList<torch.Tensor> inputs)
    {
        RandomStream? random = OpenRandom(context);
        torch.Tensor? padding = inputs.Count == 2 ? inputs[1] : null;
        torch.Tensor attended = Part(context, inputs[0], 1, random, x => AttentionCore.Attend(context, "self_attn.", x, x, x, NumHeads, Causal, Dropout, random, padding));
        return Part(context, attended, 2, random, x => Feedforward(context, x, random));
    }
}
