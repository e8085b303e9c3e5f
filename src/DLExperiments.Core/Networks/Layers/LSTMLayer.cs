using DLExperiments.Catalogues;
using TorchSharp;

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
    protected override int StateCount => 2;

    /// <inheritdoc/>
    protected override torch.Tensor[] Step(torch.Tensor projected, torch.Tensor[] state, torch.Tensor weight, torch.Tensor? bias)
    {
        torch.Tensor[] gates = projected.addmm(state[0], weight, 1, 1).chunk(4, 1);
        torch.Tensor cell = (gates[1].sigmoid() * state[1]) + (gates[0].sigmoid() * gates[2].tanh());
        return [gates[3].sigmoid() * cell.tanh(), cell];
    }
}
