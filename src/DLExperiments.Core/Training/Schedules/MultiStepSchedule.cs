using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>Multiplies the learning rate by γ at given epochs or steps (PyTorch's MultiStepLR); one given twice counts twice.</summary>
[CatalogueEntry("MultiStep", "MultiStepLR")]
public sealed class MultiStepSchedule : WarmUpSchedule
{
    /// <summary>After how many epochs or steps the rate changes, each counted from the start (of the time after the warm-up).</summary>
    [Range(1, int.MaxValue)]
    public required int[] Milestones { get; init; }

    /// <summary>The factor γ.</summary>
    [Range(0.0, double.MaxValue)]
    public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total)
    {
        int passed = 0;
        foreach (int milestone in Milestones)
            if (milestone <= place) passed++;
        return start * Math.Pow(Gamma, passed);
    }
}
