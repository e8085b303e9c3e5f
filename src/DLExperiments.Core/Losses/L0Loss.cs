using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>
/// (|x − t| + ε)^γ, which comes near to counting what is wrong as γ goes to 0 (Lehtinen et al. 2018, Noise2Noise: robust against pixels that are noise altogether). It is
/// annealed by training on with a smaller γ each time, from 2 down.
/// </summary>
[CatalogueEntry("L0")]
public sealed class L0Loss : NumberLoss
{
    /// <summary>The exponent γ.</summary>
    [Range(0.0, 2.0, MinimumIsExclusive = true)]
    public double Gamma { get; init; } = 0.5;

    /// <summary>ε, which keeps the slope finite at 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-8;

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) => ((prediction - target).abs() + Eps).pow(Gamma);
}
