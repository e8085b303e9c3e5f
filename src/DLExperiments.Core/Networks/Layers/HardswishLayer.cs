using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Piecewise swish: x min(max(x + 3, 0), 6) / 6 (Howard and others 2019).</summary>
[CatalogueEntry("Hardswish")]
public sealed class HardswishLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.hardswish(input);
}
