using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Sequences;

/// <summary>
/// Classifies texts, sequences of word numbers [steps]: embedding, recurrent layer, dense layer on its last state; dropout after the first two. With
/// Embedding 0 the numbers themselves are read, one feature a step.
/// </summary>
[CatalogueEntry("RecurrentClassifier", "LSTMClassifier", "SentimentLSTM")]
public sealed class RecurrentClassifier : RecurrentArchitecture
{
    /// <summary>How many classes: the number of scores that come out; 1 for two classes by the sign.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Classes { get; init; } = 1;

    /// <summary>How many different words there are.</summary>
    [Range(1, int.MaxValue)]
    public int Vocabulary { get; init; } = 5000;

    /// <summary>The length of each word's vector; 0 for no embedding.</summary>
    [Range(0, int.MaxValue)]
    public int Embedding { get; init; } = 300;

    /// <summary>The number that fills up short texts: its vector stays zero.</summary>
    [Range(0, int.MaxValue)]
    public int? PaddingIdx { get; init; } = 0;

    /// <summary>How many units the state has.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 128;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(80);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain.Words(Vocabulary, Embedding, PaddingIdx).Dropout("embedding_dropout", Dropout)
        .Then(MakeCell(Hidden), "rnn").Dropout("dropout", Dropout).Linear("fc", Classes);
}
