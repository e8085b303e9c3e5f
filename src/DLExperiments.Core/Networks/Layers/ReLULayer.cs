using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Rectifier: max(0, x).</summary>
[CatalogueEntry("ReLU")]
public sealed class ReLULayer : ActivationLayer
{
    /// <inheritdoc/>
    public override bool CanDie => true;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.relu(input);
}
