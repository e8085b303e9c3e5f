using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Hyperbolic tangent.</summary>
[CatalogueEntry("Tanh")]
public sealed class TanhLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.tanh(input);
}
