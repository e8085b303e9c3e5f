using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Sigmoid linear unit, also swish: x σ(x).</summary>
[CatalogueEntry("SiLU", "Swish")]
public sealed class SiLULayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.silu(input);
}
