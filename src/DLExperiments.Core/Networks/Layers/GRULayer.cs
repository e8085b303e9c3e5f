using DLExperiments.Catalogues;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Gated recurrent unit (Cho and others 2014, PyTorch's form): h = (1 - z) n + z h with n = tanh(W_in x + b_in + r (W_hn h + b_hn)) and gates
/// r, z = σ(...) of input and state. [T,F] becomes [HiddenSize] or [T,HiddenSize].
/// </summary>
[CatalogueEntry("GRU")]
public sealed class GRULayer : RecurrentLayer
{
    /// <inheritdoc/>
    protected override int Gates => 3;

    /// <inheritdoc/>
    protected override string Function => "gru";
}
