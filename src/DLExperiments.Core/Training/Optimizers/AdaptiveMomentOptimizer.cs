using System.ComponentModel.DataAnnotations;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>What Adam and AdamW share: the moments m ← β₁m + (1−β₁)g and v ← β₂v + (1−β₂)g², bias-corrected, w ← w − ηm̂/(√v̂ + ε).</summary>
public abstract class AdaptiveMomentOptimizer : Optimizer
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

    /// <summary>Whether the greatest v so far is used (Reddi, Kale, Kumar 2018).</summary>
    public bool AmsGrad { get; init; }

    /// <summary>The step without weight decay; uses number slots 1 to 6.</summary>
    private protected void MomentStep(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        double correction1 = 1 - Math.Pow(Beta1, state.Step + 1), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, state.Step + 1));
        // η/c₁ · m/(√v/c₂ + ε) = (η·c₂/c₁) · m/(√v + ε·c₂): the corrections cost two numbers instead of two passes over the tensors.
        Scalar beta1 = state.Number(1, Beta1), rest1 = state.Number(2, 1 - Beta1), beta2 = state.Number(3, Beta2), rest2 = state.Number(4, 1 - Beta2);
        Scalar eps = state.Number(5, Eps * correction2), rate = state.Number(6, -learningRate * correction2 / correction1);
        torch.Tensor m = state.Get("ExpAvg"), v = state.Get("ExpAvgSq"), root = state.Scratch(0);
        m.mul_(beta1).add_(g, rest1);
        v.mul_(beta2).addcmul_(g, g, rest2);
        if (AmsGrad)
        {
            torch.Tensor greatest = state.Get("MaxExpAvgSq");
            using torch.Tensor now = torch.maximum(greatest, v);
            greatest.copy_(now);
            v = greatest;
        }
        root.copy_(v).sqrt_().add_(eps);
        w.addcdiv_(m, root, rate);
    }
}
