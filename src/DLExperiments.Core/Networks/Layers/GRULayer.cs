using DLExperiments.Catalogues;
using TorchSharp;

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

    // The reset gate multiplies the state's bias of n, not the input's.
    /// <inheritdoc/>
    protected override bool JoinsBiases => false;

    /// <inheritdoc/>
    protected override torch.Tensor[] Step(torch.Tensor projected, torch.Tensor[] state, torch.Tensor weight, torch.Tensor? bias)
    {
        torch.Tensor fromState = bias is null ? state[0].mm(weight) : bias.addmm(state[0], weight, 1, 1);
        torch.Tensor[] inner = projected.chunk(3, 1), outer = fromState.chunk(3, 1);
        torch.Tensor reset = (inner[0] + outer[0]).sigmoid(), update = (inner[1] + outer[1]).sigmoid();
        torch.Tensor fresh = (inner[2] + (reset * outer[2])).tanh();
        return [fresh + (update * (state[0] - fresh))];
    }
}
