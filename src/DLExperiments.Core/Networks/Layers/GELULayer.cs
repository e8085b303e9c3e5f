using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Gaussian error linear unit: x Φ(x) (Hendrycks and Gimpel 2016).</summary>
[CatalogueEntry("GELU")]
public sealed class GELULayer : ActivationLayer
{
    /// <summary>Whether Φ is approximated by a hyperbolic tangent.</summary>
    public bool TanhApproximation { get; init; }

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => TanhApproximation
        ? torch.nn.functional.gelu(input, TorchSharp.Modules.GELU.Approximate.tanh)
        : torch.nn.functional.gelu(input);
}
