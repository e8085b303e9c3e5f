using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>The same learning rate all the time, after a warm-up if there is one.</summary>
[CatalogueEntry("Constant")]
public sealed class ConstantSchedule : WarmUpSchedule
{
    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total) => start;
}
