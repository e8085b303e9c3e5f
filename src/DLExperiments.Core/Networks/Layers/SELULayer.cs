using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Scaled exponential linear unit, which keeps mean 0 and variance 1 (Klambauer and others 2017).</summary>
[CatalogueEntry("SELU")]
public sealed class SELULayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.selu(input);
}
