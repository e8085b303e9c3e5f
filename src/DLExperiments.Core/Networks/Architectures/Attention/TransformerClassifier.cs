using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks.Architectures.Attention;

/// <summary>
/// Classifies texts, sequences of word numbers [steps], with a transformer encoder (Vaswani and others 2017): embedding and positions, encoder
/// layers, the mean over the steps, a dense layer.
/// </summary>
[CatalogueEntry("TransformerClassifier")]
public sealed class TransformerClassifier : Classifier
{
    /// <summary>Sets the default of 2 classes.</summary>
    public TransformerClassifier()
        : base(2)
    {
    }

    /// <summary>How many different words there are.</summary>
    [Range(1, int.MaxValue)]
    public int Vocabulary { get; init; } = 5000;

    /// <summary>The width of the sequence; the heads divide it.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>How many encoder layers.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 2;

    /// <summary>How many heads.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 4;

    /// <summary>Units between the dense layers of each encoder layer.</summary>
    [Range(1, int.MaxValue)]
    public int Feedforward { get; init; } = 128;

    /// <summary>The probability of dropout.</summary>
    [Range(0.0, 1.0)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>The number that fills up short texts: its vector stays zero, and neither attention nor mean sees those steps.</summary>
    [Range(0, int.MaxValue)]
    public int? PaddingIdx { get; init; }

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(100);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain)
    {
        LayerChain words = chain.Words(Vocabulary, Width, PaddingIdx);
        // What fills up is neither looked at nor counted in the mean.
        string[] mask = PaddingIdx is null ? [] : ["padding"];
        if (PaddingIdx is { } padding) words = words.From(chain.At).Then(new PaddingMaskLayer { PaddingIdx = padding }, "padding").From(words.At);
        return words.Then(new PositionalEncodingLayer(), "positions").Dropout("dropout", Dropout)
            .Repeat(Depth, (c, i) => c.Join(new TransformerEncoderLayerLayer { NumHeads = Heads, DimFeedforward = Feedforward, Dropout = Dropout }, $"encoder.layers.{i}", mask))
            .Join(new MeanLayer(), "mean", mask).Linear("fc", Classes);
    }
}
