using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Blocks;

/// <summary>Pieces of networks for texts and other sequences.</summary>
internal static class SequenceBlocks
{
    /// <summary>Vectors for the numbers of words [T], or, with a length of 0, the numbers themselves as [T,1].</summary>
    internal static LayerChain Words(this LayerChain chain, int vocabulary, int length, int? padding = null, Initialiser? start = null)
    {
        if (chain.Shape.Count != 1) throw new ShapeException($"The architecture wants a sequence of word numbers [steps], got {chain.Shape}.", chain.Shape);
        return length == 0
            ? chain.Then(new ReshapeLayer { Shape = new Shape(chain.Shape[0], 1) }, "numbers")
            : chain.Then(new EmbeddingLayer { NumEmbeddings = vocabulary, EmbeddingDim = length, PaddingIdx = padding, WeightInitialiser = start }, "embedding");
    }

    /// <summary>A transformer block that normalises first: attention, then two dense layers, each added to its input.</summary>
    /// <param name="chain">The chain, at a sequence [T,E].</param>
    /// <param name="names">The names of the layers.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="hidden">Units between the dense layers.</param>
    /// <param name="causal">Whether a step sees itself and earlier steps only.</param>
    /// <param name="dropout">The probability of dropout.</param>
    /// <param name="eps">Added to the variance by the normalisations.</param>
    internal static LayerChain TransformerBlock(this LayerChain chain, TransformerNames names, int heads, int hidden, bool causal, double dropout, double eps)
    {
        int width = chain.Shape[1];
        return chain
            .Residual(names.Of("add_1"), c => c.Then(new LayerNormLayer { Eps = eps }, names.Of("ln_1"))
                .Then(new MultiheadAttentionLayer { NumHeads = heads, Causal = causal, Dropout = dropout }, names.Of(names.Attention)).Dropout(names.Of("dropout_1"), dropout))
            .Residual(names.Of("add_2"), c => c.Then(new LayerNormLayer { Eps = eps }, names.Of("ln_2"))
                .Linear(names.Of(names.Up), hidden, Start.Truncated02, Start.Zeros).Then(new GELULayer(), names.Of("mlp.gelu"))
                .Linear(names.Of(names.Down), width, Start.Truncated02, Start.Zeros).Dropout(names.Of("dropout_2"), dropout));
    }
}
