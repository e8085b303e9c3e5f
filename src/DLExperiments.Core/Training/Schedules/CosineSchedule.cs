using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>
/// Half a cosine from the learning rate to a minimum: m + (η−m)(1 + cos(πt/T))/2 (PyTorch's CosineAnnealingLR), with -Restart again and again
/// (CosineAnnealingWarmRestarts; Loshchilov, Hutter 2017).
/// </summary>
[CatalogueEntry("Cosine", "CosineAnnealingLR", "CosineAnnealing")]
public sealed class CosineSchedule : WarmUpSchedule
{
    /// <summary>The epochs or steps T from the learning rate to the minimum; 0 for the whole training.</summary>
    [Range(0, int.MaxValue)]
    public int Period { get; init; }

    /// <summary>Whether the rate jumps back to the learning rate after each period; else it rises again along the cosine.</summary>
    public bool Restart { get; init; }

    /// <summary>By how much each period is longer than the one before.</summary>
    [Range(1, int.MaxValue)]
    public int PeriodFactor { get; init; } = 1;

    /// <summary>The minimum m.</summary>
    [Range(0.0, double.MaxValue)]
    public double MinimumRate { get; init; }

    /// <inheritdoc/>
    public override void Validate(double startingRate)
    {
        if (Restart && Period == 0) throw Invalid("Restart needs a Period: after how many epochs or steps.");
        if (PeriodFactor > 1 && !Restart) throw Invalid("PeriodFactor has a meaning only with Restart.");
        if (MinimumRate > startingRate) throw Invalid(FormattableString.Invariant($"MinimumRate is {MinimumRate}, above the learning rate {startingRate}."));
    }

    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total)
    {
        double period = Period == 0 ? total : Period, at = place;
        if (Restart)
        {
            while (at >= period && PeriodFactor > 1)
            {
                at -= period;
                period *= PeriodFactor;
            }
            at %= period;
        }
        return MinimumRate + (start - MinimumRate) * (1 + Math.Cos(Math.PI * at / period)) / 2;
    }
}
