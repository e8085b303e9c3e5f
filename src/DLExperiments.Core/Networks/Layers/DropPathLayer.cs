using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Stochastic depth (Huang and others 2016): while training, zeroes whole samples with probability P and scales the rest by 1/(1-P), so that a
/// residual block is left out; does nothing in evaluation.
/// </summary>
[CatalogueEntry("DropPath", "StochasticDepth")]
public sealed class DropPathLayer : SingleInputLayer
{
    /// <summary>The probability that a sample is zeroed.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double P { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input) => context.IsTraining && P > 0
        ? input * context.DrawDropoutMask([input.shape[0], .. Enumerable.Repeat(1L, (int)input.dim() - 1)], P, input)
        : input;
}
