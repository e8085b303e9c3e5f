using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>Multiplies the learning rate by γ after every so many epochs or steps: η·γ^⌊t/s⌋ (PyTorch's StepLR).</summary>
[CatalogueEntry("Step", "StepLR")]
public sealed class StepSchedule : WarmUpSchedule
{
    /// <summary>After how many epochs or steps the rate changes.</summary>
    [Range(1, int.MaxValue)]
    public required int StepSize { get; init; }

    /// <summary>The factor γ.</summary>
    [Range(0.0, double.MaxValue)]
    public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total) => start * Math.Pow(Gamma, place / StepSize);
}
