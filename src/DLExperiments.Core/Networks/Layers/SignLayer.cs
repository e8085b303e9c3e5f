using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>The sign, -1, 0 or 1: the step of the perceptron. Its gradient is zero everywhere.</summary>
[CatalogueEntry("Sign")]
public sealed class SignLayer : ActivationLayer
{
    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.sign(input);
}
