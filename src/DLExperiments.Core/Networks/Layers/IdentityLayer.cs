using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Passes its input on.</summary>
[CatalogueEntry("Identity")]
public sealed class IdentityLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input;
}
