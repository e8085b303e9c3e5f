using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>The rate goes up and down between the learning rate and a maximum (Smith 2017; PyTorch's CyclicLR). The momentum is left as it is.</summary>
[CatalogueEntry("Cyclic", "CyclicLR")]
public sealed class CyclicSchedule : FormulaSchedule
{
    /// <summary>Counts steps unless told otherwise.</summary>
    public CyclicSchedule() => Per = ScheduleUnit.Step;

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
        if (MaximumRate < startingRate) throw Invalid(FormattableString.Invariant($"MaximumRate is {MaximumRate}, below the learning rate {startingRate}."));
        if (Gamma != 1 && Shape != CycleShape.ExponentialRange) throw Invalid("Gamma has a meaning only with the shape ExponentialRange.");
    }

    /// <inheritdoc/>
    public override double RateAt(double start, long place, long total)
    {
        double length = Rise + (Fall == 0 ? Rise : Fall), rising = Rise / length;
        double cycle = Math.Floor(1 + place / length), x = 1 + place / length - cycle;
        double height = (MaximumRate - start) * (x <= rising ? x / rising : (x - 1) / (rising - 1));
        return start + height * Shape switch
        {
            CycleShape.Triangular2 => Math.Pow(2, 1 - cycle),
            CycleShape.ExponentialRange => Math.Pow(Gamma, place),
            _ => 1,
        };
    }
}
