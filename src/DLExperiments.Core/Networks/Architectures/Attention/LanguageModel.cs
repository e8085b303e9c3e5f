using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Attention;

/// <summary>
/// A small language model in the manner of GPT-2 (Radford and others 2019): symbols [steps] in, for each step the scores of the next symbol out,
/// [steps,Vocabulary]. Each step sees itself and earlier steps only.
/// </summary>
[CatalogueEntry("GPT", "LanguageModel")]
public sealed class LanguageModel : Architecture
{
    /// <summary>How many different symbols there are: characters, or parts of words.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Vocabulary { get; init; } = 65;

    /// <summary>The width of the sequence; the heads divide it.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 128;

    /// <summary>How many blocks.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 4;

    /// <summary>How many heads.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 4;

    /// <summary>The probability of dropout.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Whether only the scores after the last step come out, [Vocabulary], for targets of one symbol.</summary>
    public bool LastStep { get; init; }

    /// <summary>Whether the last layer computes with the vectors of the embedding, as in GPT-2; else it has a matrix of its own.</summary>
    public bool TieWeights { get; init; } = true;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(64);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain
        .Words(Vocabulary, Width, start: Start.Truncated02).Then(new PositionEmbeddingLayer(), "wpe").Dropout("drop", Dropout)
        .Repeat(Depth, (c, i) => c.TransformerBlock(new($"h.{i}", "attn", "mlp.c_fc", "mlp.c_proj"), Heads, 4 * Width, causal: true, Dropout, 1e-5))
        .Then(new LayerNormLayer(), "ln_f").When(LastStep, c => c.Then(new SliceLayer { Start = -1, Squeeze = true }, "last"))
        .Linear("lm_head", Vocabulary, Start.Truncated02, bias: false).When(TieWeights, c => c.Tied("embedding.weight"));
}
