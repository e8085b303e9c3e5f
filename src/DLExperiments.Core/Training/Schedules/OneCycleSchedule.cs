using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>
/// One rise to a maximum and one fall to almost nothing over the whole training (Smith, Topin 2018; PyTorch's OneCycleLR). The learning rate is the
/// maximum.
/// </summary>
[CatalogueEntry("OneCycle", "OneCycleLR")]
public sealed class OneCycleSchedule : MomentumCycleSchedule
{
    /// <summary>Counts steps unless told otherwise.</summary>
    public OneCycleSchedule()
    {
        Per = ScheduleUnit.Step;
        BaseMomentum = 0.85;
        MaximumMomentum = 0.95;
    }

    /// <summary>The share of the training that the rate rises.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double RisingShare { get; init; } = 0.3;

    /// <summary>The first rate is the maximum divided by this.</summary>
    [Range(1.0, double.MaxValue)]
    public double DivisionFactor { get; init; } = 25;

    /// <summary>The last rate is the first one divided by this.</summary>
    [Range(1.0, double.MaxValue)]
    public double FinalDivisionFactor { get; init; } = 1e4;

    /// <summary>Whether it goes along lines instead of half cosines.</summary>
    public bool Linear { get; init; }

    /// <summary>Whether it falls to the first rate as fast as it rose, and then to the last.</summary>
    public bool ThreePhase { get; init; }

    /// <inheritdoc/>
    public override void Validate(double startingRate)
    {
        base.Validate(startingRate);
        if (ThreePhase && RisingShare > 0.5) throw Invalid("ThreePhase rises and falls within the training, so RisingShare can be 0.5 at most.");
    }

    /// <inheritdoc/>
    public override double RateAt(double start, long place, long total)
    {
        double first = start / DivisionFactor;
        return At(place, total, first, start, first / FinalDivisionFactor);
    }

    /// <inheritdoc/>
    public override double MomentumAt(long place, long total) => At(place, total, MaximumMomentum, BaseMomentum, MaximumMomentum);

    private double At(long place, long total, double first, double extreme, double last)
    {
        double top = RisingShare * total - 1, end = total - 1;
        if (place <= top) return Between(first, extreme, place / Math.Max(top, 1e-9));
        if (!ThreePhase) return Between(extreme, last, Share(place, top, end));
        double bottom = 2 * RisingShare * total - 2;
        return place <= bottom ? Between(extreme, first, Share(place, top, bottom)) : Between(first, last, Share(place, bottom, end));
    }

    private static double Share(double place, double from, double to) => to <= from ? 1 : Math.Min(1, (place - from) / (to - from));

    private double Between(double from, double to, double share) =>
        Linear ? from + (to - from) * share : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}
