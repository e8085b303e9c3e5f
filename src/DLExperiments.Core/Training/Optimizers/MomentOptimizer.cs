using System.ComponentModel.DataAnnotations;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>What the family of Adam shares: the moments m ← β₁m + (1−β₁)g and v ← β₂v + (1−β₂)g².</summary>
public abstract class MomentOptimizer : Optimizer
{
    /// <summary>The smoothing β₁ of the mean gradient.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The smoothing β₂ of the mean squared gradient.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, which keeps the quotient finite.</summary>
    [Range(0.0, double.MaxValue)]
    public double Eps { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override bool HasMomentum => true;

    /// <summary>β₁ in this step: a schedule may change it.</summary>
    private protected double BetaNow(OptimizerState state) => state.Momentum ?? Beta1;

    /// <summary>Brings the moments up to date; uses number slots 1 to 4.</summary>
    private protected (torch.Tensor Mean, torch.Tensor Square) UpdateMoments(OptimizerState state, torch.Tensor g)
    {
        Scalar beta1 = state.Number(1, BetaNow(state)), rest1 = state.Number(2, 1 - BetaNow(state)), beta2 = state.Number(3, Beta2), rest2 = state.Number(4, 1 - Beta2);
        torch.Tensor m = state.Get("ExpAvg"), v = state.Get("ExpAvgSq");
        m.mul_(beta1).add_(g, rest1);
        v.mul_(beta2).addcmul_(g, g, rest2);
        return (m, v);
    }
}
