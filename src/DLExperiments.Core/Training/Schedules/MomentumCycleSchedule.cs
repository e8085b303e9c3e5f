using System.ComponentModel.DataAnnotations;
using DLExperiments.Errors;

namespace DLExperiments.Training.Schedules;

/// <summary>A schedule whose rate rises and falls, and against which the momentum can go: low where the rate is high (Smith 2018).</summary>
public abstract class MomentumCycleSchedule : FormulaSchedule
{
    /// <summary>
    /// Whether the optimizer's momentum (β₁ of the family of Adam) goes against the rate, between the two below. PyTorch's default is that it does.
    /// </summary>
    public bool CycleMomentum { get; init; }

    /// <summary>The momentum at the greatest rate.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double BaseMomentum { get; init; }

    /// <summary>The momentum at the least rate.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double MaximumMomentum { get; init; }

    /// <inheritdoc/>
    public sealed override bool ChangesMomentum => CycleMomentum;

    /// <inheritdoc/>
    public override void Validate(double startingRate)
    {
        if (BaseMomentum > MaximumMomentum)
            throw Invalid(FormattableString.Invariant($"BaseMomentum is {BaseMomentum}, above MaximumMomentum {MaximumMomentum}."));
    }

    /// <summary>The momentum at a place, when it is cycled.</summary>
    /// <param name="place">Epochs or steps made before, from 0.</param>
    /// <param name="total">Epochs or steps of the whole training.</param>
    public abstract double MomentumAt(long place, long total);
}
