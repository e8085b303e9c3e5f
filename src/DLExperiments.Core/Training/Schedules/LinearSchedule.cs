using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Training.Schedules;

/// <summary>A line from one share of the learning rate to another: η(a + (b−a)·min(t, T)/T) (PyTorch's LinearLR); by default down to 0.</summary>
[CatalogueEntry("Linear", "LinearLR")]
public sealed class LinearSchedule : WarmUpSchedule
{
    /// <summary>The share a of the learning rate at the start.</summary>
    [Range(0.0, double.MaxValue)]
    public double StartFactor { get; init; } = 1;

    /// <summary>The share b of the learning rate at the end.</summary>
    [Range(0.0, double.MaxValue)]
    public double EndFactor { get; init; }

    /// <summary>The epochs or steps T of the line, after which the rate stays; 0 for the whole training.</summary>
    [Range(0, int.MaxValue)]
    public int Period { get; init; }

    /// <inheritdoc/>
    protected override double RateAfterWarmUp(double start, long place, long total)
    {
        double period = Period == 0 ? total : Period;
        return start * (StartFactor + (EndFactor - StartFactor) * Math.Min(place, period) / period);
    }
}
