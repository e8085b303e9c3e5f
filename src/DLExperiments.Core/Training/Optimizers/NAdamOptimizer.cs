using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// NAdam (Dozat 2016): Adam with Nesterov's look ahead. With μₜ = β₁(1 − ½·0.96^(tψ)),
/// w ← w − η(μₜ₊₁m/(1 − ∏ᵢ₌₁ᵗ⁺¹μᵢ) + (1−μₜ)g/(1 − ∏ᵢ₌₁ᵗμᵢ))/(√v̂ + ε); weight decay is L2.
/// </summary>
[CatalogueEntry("NAdam")]
public sealed class NAdamOptimizer : MomentOptimizer
{
    // The product of all μ so far, which begins at 1 and goes into checkpoints.
    private const string ProductName = "MuProduct";

    /// <summary>Sets PyTorch's defaults.</summary>
    public NAdamOptimizer() => LearningRate = 2e-3;

    /// <summary>How fast μ comes near β₁: ψ.</summary>
    [Range(0.0, double.MaxValue)]
    public double MomentumDecay { get; init; } = 4e-3;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        (torch.Tensor m, torch.Tensor v) = UpdateMoments(state, g);
        double next = Mu(state, state.Step + 2), mu = Mu(state, state.Step + 1), product = state.Recall(ProductName, 1) * mu;
        state.Remember(ProductName, product);
        double correction = Math.Sqrt(1 - Math.Pow(Beta2, state.Step + 1));
        Scalar eps = state.Number(5, Eps * correction);
        Scalar gradientRate = state.Number(6, -learningRate * correction * (1 - mu) / (1 - product));
        Scalar momentRate = state.Number(7, -learningRate * correction * next / (1 - product * next));
        torch.Tensor root = state.Scratch(0);
        root.copy_(v).sqrt_().add_(eps);
        w.addcdiv_(g, root, gradientRate).addcdiv_(m, root, momentRate);
    }

    private double Mu(OptimizerState state, long step) => BetaNow(state) * (1 - 0.5 * Math.Pow(0.96, step * MomentumDecay));
}
