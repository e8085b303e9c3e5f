using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Rectifier that ends at six: min(max(0, x), 6).</summary>
[CatalogueEntry("ReLU6")]
public sealed class ReLU6Layer : ActivationLayer
{
    /// <inheritdoc/>
    public override bool CanDie => true;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.relu6(input);
}
