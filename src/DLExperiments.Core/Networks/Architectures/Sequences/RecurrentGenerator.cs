using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Sequences;

/// <summary>
/// Predicts the next symbol of a text from the symbols before, [steps]: embedding, recurrent layer, one score for each symbol. Fed with its own
/// predictions it writes text.
/// </summary>
[CatalogueEntry("RecurrentGenerator", "LSTMGenerator", "CharLSTM")]
public sealed class RecurrentGenerator : RecurrentArchitecture
{
    /// <summary>How many different symbols there are: characters, or words.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Vocabulary { get; init; } = 65;

    /// <summary>The length of each symbol's vector.</summary>
    [Range(1, int.MaxValue)]
    public int Embedding { get; init; } = 100;

    /// <summary>How many units the state has.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 128;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(100);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) =>
        chain.Words(Vocabulary, Embedding).Then(MakeCell(Hidden), "rnn").Dropout("dropout", Dropout).Linear("fc", Vocabulary);
}
