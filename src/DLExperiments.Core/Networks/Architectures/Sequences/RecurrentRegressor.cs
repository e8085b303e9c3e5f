using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks.Architectures.Blocks;

namespace DLExperiments.Networks.Architectures.Sequences;

/// <summary>Predicts numbers from a window of a time series [steps,features]: a recurrent layer, then a dense layer on its last state.</summary>
[CatalogueEntry("RecurrentRegressor", "LSTMRegressor")]
public sealed class RecurrentRegressor : RecurrentArchitecture
{
    /// <summary>How many numbers are predicted.</summary>
    [Position(0)]
    [Range(1, int.MaxValue)]
    public int Outputs { get; init; } = 1;

    /// <summary>How many units the state has.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 16;

    /// <inheritdoc/>
    public override Shape DefaultInputShape => new(5, 1);

    /// <inheritdoc/>
    protected override LayerChain Compose(LayerChain chain) => chain.Then(MakeCell(Hidden), "rnn").Dropout("dropout", Dropout).Linear("fc", Outputs);
}
