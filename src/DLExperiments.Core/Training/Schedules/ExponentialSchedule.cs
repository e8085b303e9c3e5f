using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>Multiplies the learning rate by γ after every epoch or step: η·γ^t (PyTorch's ExponentialLR).</summary>
[CatalogueEntry("Exponential", "ExponentialLR")]
public sealed class ExponentialSchedule : WarmUpSchedule
{
    /// <summary>The factor γ.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double Gamma { get; init; }

    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total) => start * Math.Pow(Gamma, place);
}
