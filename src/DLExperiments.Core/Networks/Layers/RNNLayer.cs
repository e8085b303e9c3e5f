using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>Simple recurrent layer (Elman 1990): h = tanh(W_ih x + b_ih + W_hh h + b_hh). [T,F] becomes [HiddenSize] or [T,HiddenSize].</summary>
[CatalogueEntry("RNN")]
public sealed class RNNLayer : RecurrentLayer
{
    /// <summary>What bends the state.</summary>
    public RecurrentNonlinearity Nonlinearity { get; init; }

    /// <inheritdoc/>
    protected override int Gates => 1;

    /// <inheritdoc/>
    protected override string Function => Nonlinearity == RecurrentNonlinearity.ReLU ? "rnn_relu" : "rnn_tanh";
}
