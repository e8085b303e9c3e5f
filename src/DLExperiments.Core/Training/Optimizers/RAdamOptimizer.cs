using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// RAdam (Liu et al. 2020): Adam whose step is scaled by r while v comes from few gradients, and is w ← w − ηm̂ while it comes from too few. With
/// ρ∞ = 2/(1−β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ), r² = (ρ−4)(ρ−2)ρ∞/((ρ∞−4)(ρ∞−2)ρ) where ρ &gt; 5; weight decay is L2.
/// </summary>
[CatalogueEntry("RAdam")]
public sealed class RAdamOptimizer : MomentOptimizer
{
    // Below, the variance of 1/√v cannot be estimated (the paper has 4, PyTorch 5).
    private const double LeastLength = 5;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        (torch.Tensor m, torch.Tensor v) = UpdateMoments(state, g);
        long step = state.Step + 1;
        double power = Math.Pow(Beta2, step), correction1 = 1 - Math.Pow(BetaNow(state), step);
        double most = 2 / (1 - Beta2) - 1, length = most - 2 * step * power / (1 - power);
        bool adapts = length > LeastLength;
        double rectified = adapts ? Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length) * (1 - power)) : 1;
        Scalar rate = state.Number(5, -learningRate * rectified / correction1), eps = state.Number(6, Eps);
        if (!adapts)
        {
            w.add_(m, rate);
            return;
        }
        torch.Tensor root = state.Scratch(0);
        root.copy_(v).sqrt_().add_(eps);
        w.addcdiv_(m, root, rate);
    }
}
