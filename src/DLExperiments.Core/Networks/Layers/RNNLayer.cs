using DLExperiments.Catalogues;
using TorchSharp;

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
    protected override torch.Tensor[] Step(torch.Tensor projected, torch.Tensor[] state, torch.Tensor weight, torch.Tensor? bias)
    {
        torch.Tensor sum = projected.addmm(state[0], weight, 1, 1);
        return [Nonlinearity == RecurrentNonlinearity.ReLU ? sum.relu() : sum.tanh()];
    }
}
