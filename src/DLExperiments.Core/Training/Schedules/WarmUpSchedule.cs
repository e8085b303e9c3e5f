using System.ComponentModel.DataAnnotations;

namespace DLExperiments.Training.Schedules;

/// <summary>
/// A formula that may be preceded by a linear warm-up (Goyal et al. 2017): η(f + (1−f)·t/w) for the first w epochs or steps; the formula then
/// starts from its own 0, as in PyTorch's SequentialLR of LinearLR and another.
/// </summary>
public abstract class WarmUpSchedule : FormulaSchedule
{
    /// <summary>Over how many epochs or steps the rate rises to the learning rate; 0 for no warm-up.</summary>
    [Range(0, int.MaxValue)]
    public int WarmUp { get; init; }

    /// <summary>The share f of the learning rate that the warm-up starts with.</summary>
    [Range(0.0, 1.0)]
    public double WarmUpFactor { get; init; } = 1.0 / 3;

    /// <inheritdoc/>
    public sealed override double RateAt(double start, long place, long total) => place < WarmUp
        ? start * (WarmUpFactor + (1 - WarmUpFactor) * place / WarmUp)
        : RateAfterWarmUp(start, place - WarmUp, Math.Max(1, total - WarmUp));

    /// <summary>The learning rate at a place after the warm-up.</summary>
    /// <param name="start">The learning rate that the training starts from.</param>
    /// <param name="place">Epochs or steps made since the warm-up, from 0.</param>
    /// <param name="total">Epochs or steps of the training without the warm-up, at least 1.</param>
    protected abstract double RateAfterWarmUp(double start, long place, long total);
}
