using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Leaky rectifier: x where positive, NegativeSlope · x elsewhere.</summary>
[CatalogueEntry("LeakyReLU")]
public sealed class LeakyReLULayer : ActivationLayer
{
    /// <summary>Slope of the negative side.</summary>
    [Position(0)]
    public double NegativeSlope { get; init; } = 0.01;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.leaky_relu(input, NegativeSlope);
}
