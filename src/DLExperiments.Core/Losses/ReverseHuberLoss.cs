using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Reverse Huber loss, berHu (Owen 2007; Laina et al. 2016): |e| where |e| ≤ δ, else (e² + δ²)/(2δ): small errors count as in MAE, great ones as in MSE.</summary>
[CatalogueEntry("BerHu", "ReverseHuber")]
public sealed class ReverseHuberLoss : NumberLoss
{
    /// <summary>Where the line becomes a square.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Delta { get; init; } = 1;

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target)
    {
        torch.Tensor error = (prediction - target).abs();
        return torch.where(error <= Delta, error, (error.square() + Delta * Delta) / (2 * Delta));
    }
}
