using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>Adadelta (Zeiler 2012): Δ = g·√(E[Δ²] + ε)/√(E[g²] + ε), w ← w − ηΔ.</summary>
[CatalogueEntry("Adadelta")]
public sealed class AdadeltaOptimizer : Optimizer
{
    /// <summary>Sets PyTorch's defaults.</summary>
    public AdadeltaOptimizer() => LearningRate = 1;

    /// <summary>The smoothing ρ of both means.</summary>
    [Range(0.0, 1.0)]
    public double Rho { get; init; } = 0.9;

    /// <summary>ε, which also sets the size of the first steps.</summary>
    [Range(0.0, double.MaxValue)]
    public double Eps { get; init; } = 1e-6;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        Scalar rho = state.Number(1, Rho), rest = state.Number(2, 1 - Rho), eps = state.Number(3, Eps), rate = state.Number(4, -learningRate);
        torch.Tensor square = state.Get("SquareAvg"), change = state.Get("AccDelta"), root = state.Scratch(0), delta = state.Scratch(1);
        square.mul_(rho).addcmul_(g, g, rest);
        root.copy_(square).add_(eps).sqrt_();
        delta.copy_(change).add_(eps).sqrt_().div_(root).mul_(g);
        change.mul_(rho).addcmul_(delta, delta, rest);
        w.add_(delta, rate);
    }
}
