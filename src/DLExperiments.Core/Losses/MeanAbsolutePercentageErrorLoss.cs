using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Losses;

/// <summary>Mean absolute percentage error: 100·|x − t| / max(|t|, ε), in per cent.</summary>
[CatalogueEntry("MAPE", "MeanAbsolutePercentageError")]
public sealed class MeanAbsolutePercentageErrorLoss : NumberLoss
{
    /// <summary>The smallest divisor, which keeps targets of zero from dividing by zero.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-12;

    /// <inheritdoc/>
    public override string DefaultMetric => "MAPE";

    /// <inheritdoc/>
    protected override torch.Tensor Elements(torch.Tensor prediction, torch.Tensor target) =>
        ((prediction - target) / target.abs().clamp_min(Epsilon)).abs() * 100;
}
