using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997): c = f c + i g, h = o tanh(c) with gates i, f, o = σ(...) and g = tanh(...) of input and
/// state. [T,F] becomes [HiddenSize] or [T,HiddenSize].
/// </summary>
[CatalogueEntry("LSTM")]
public sealed class LSTMLayer : RecurrentLayer
{
    /// <inheritdoc/>
    protected override int Gates => 4;

    /// <inheritdoc/>
    protected override string Function => "lstm";
}
