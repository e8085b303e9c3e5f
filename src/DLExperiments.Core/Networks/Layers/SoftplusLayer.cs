using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>Smooth rectifier: ln(1 + e^(Beta x)) / Beta, linear above Threshold.</summary>
[CatalogueEntry("Softplus")]
public sealed class SoftplusLayer : ActivationLayer
{
    /// <summary>How sharp the bend is.</summary>
    [Position(0)]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <summary>Where Beta x counts as linear.</summary>
    [Position(1)]
    public double Threshold { get; init; } = 20;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => torch.nn.functional.softplus(input, Beta, Threshold);
}
