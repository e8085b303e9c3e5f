using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Logistic function: 1 / (1 + e⁻ˣ).</summary>
[CatalogueEntry("Sigmoid")]
public sealed class SigmoidLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.sigmoid(input);
}
