using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Networks.Layers;

/// <summary>
/// Dropout for networks of SELU (Klambauer and others 2017): while training, sets each value with probability P to the least that SELU gives and
/// scales and shifts all, so that mean 0 and variance 1 stay; does nothing in evaluation.
/// </summary>
[CatalogueEntry("AlphaDropout")]
public sealed class AlphaDropoutLayer : SingleInputLayer
{
    // -λα of SELU.
    private const double Least = -1.7580993408473766;

    /// <summary>The probability that a value is dropped.</summary>
    [Position(0)]
    [Range(0.0, 1.0)]
    public double P { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override torch.Tensor Forward(LayerContext context, torch.Tensor input)
    {
        if (!context.IsTraining || P <= 0) return input;
        // The formula has no limit for P = 1; PyTorch gives zeros.
        if (P >= 1) return input * 0;
        double scale = 1 / Math.Sqrt((1 - P) * (1 + (P * Least * Least))), shift = -scale * Least * P;
        // The mask holds 0 and 1/(1-P): kept values are those times 1-P.
        torch.Tensor kept = context.DrawDropoutMask(input.shape, P, input) * (1 - P);
        return (((input * kept) + ((1 - kept) * Least)) * scale) + shift;
    }
}
