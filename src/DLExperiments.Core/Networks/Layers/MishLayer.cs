using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>x tanh(ln(1 + eˣ)) (Misra 2019).</summary>
[CatalogueEntry("Mish")]
public sealed class MishLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.mish(input);
}
