using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using TorchSharp;

namespace SampleExtension;

/// <summary>The sum of a value and a portion of its cube: y = x + Portion x³.</summary>
[CatalogueEntry("Cube", "Cubic")]
public sealed class CubeLayer : SingleInputLayer
{
    /// <summary>How much of the cube is added.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double Portion { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => input + (input.pow(3) * Portion);
}
