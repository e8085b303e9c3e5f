using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>What Adam and AdamW share: the step w ← w − ηm̂/(√v̂ + ε) with bias-corrected moments.</summary>
public abstract class AdaptiveMomentOptimizer : MomentOptimizer
{
    /// <summary>Whether the greatest v so far is used (Reddi, Kale, Kumar 2018).</summary>
    public bool AmsGrad { get; init; }

    /// <summary>The step without weight decay; uses number slots 1 to 6.</summary>
    private protected void MomentStep(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        double correction1 = 1 - Math.Pow(BetaNow(state), state.Step + 1), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, state.Step + 1));
        // η/c₁ · m/(√v/c₂ + ε) = (η·c₂/c₁) · m/(√v + ε·c₂): the corrections cost two numbers instead of two passes over the tensors.
        (torch.Tensor m, torch.Tensor v) = UpdateMoments(state, g);
        Scalar eps = state.Number(5, Eps * correction2), rate = state.Number(6, -learningRate * correction2 / correction1);
        torch.Tensor root = state.Scratch(0);
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
