using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>The rate goes up and down between the learning rate and a maximum (Smith 2017; PyTorch's CyclicLR).</summary>
[CatalogueEntry("Cyclic", "CyclicLR")]
public sealed class CyclicSchedule : MomentumCycleSchedule
{
    /// <summary>Counts steps unless told otherwise.</summary>
    public CyclicSchedule()
    {
        Per = ScheduleUnit.Step;
        BaseMomentum = 0.8;
        MaximumMomentum = 0.9;
    }

    /// <summary>The greatest rate.</summary>
    [Range(0.0, double.MaxValue)]
    public required double MaximumRate { get; init; }

    /// <summary>Steps or epochs that the rate rises.</summary>
    [Range(1, int.MaxValue)]
    public int Rise { get; init; } = 2000;

    /// <summary>Steps or epochs that it falls; 0 for as many as it rises.</summary>
    [Range(0, int.MaxValue)]
    public int Fall { get; init; }

    /// <summary>How the height changes.</summary>
    public CycleShape Shape { get; init; }

    /// <summary>The factor γ of the shape ExponentialRange.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Gamma { get; init; } = 1;

    /// <inheritdoc/>
    public override void Validate(double startingRate)
    {
        base.Validate(startingRate);
        if (MaximumRate < startingRate) throw Invalid(FormattableString.Invariant($"MaximumRate is {MaximumRate}, below the learning rate {startingRate}."));
        if (Gamma != 1 && Shape != CycleShape.ExponentialRange) throw Invalid("Gamma has a meaning only with the shape ExponentialRange.");
    }

    /// <inheritdoc/>
    public override double RateAt(double start, long place, long total) => start + (MaximumRate - start) * Height(place);

    /// <inheritdoc/>
    public override double MomentumAt(long place, long total) => MaximumMomentum - (MaximumMomentum - BaseMomentum) * Height(place);

    /// <summary>How far up the rate is, 0 to 1.</summary>
    private double Height(long place)
    {
        double length = Rise + (Fall == 0 ? Rise : Fall), rising = Rise / length;
        double cycle = Math.Floor(1 + place / length), x = 1 + place / length - cycle;
        double height = x <= rising ? x / rising : (x - 1) / (rising - 1);
        return height * Shape switch
        {
            CycleShape.Triangular2 => Math.Pow(2, 1 - cycle),
            CycleShape.ExponentialRange => Math.Pow(Gamma, place),
            _ => 1,
        };
    }
}
