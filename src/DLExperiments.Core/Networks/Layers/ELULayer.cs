using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Exponential linear unit: x where positive, Alpha (eˣ - 1) elsewhere (Clevert, Unterthiner, Hochreiter 2015).</summary>
[CatalogueEntry("ELU")]
public sealed class ELULayer : ActivationLayer
{
    /// <summary>Size of the negative side.</summary>
    [Position(0)]
    public double Alpha { get; init; } = 1;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.elu(input, Alpha);
}
