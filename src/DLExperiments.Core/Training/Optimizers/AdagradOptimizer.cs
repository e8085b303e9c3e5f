using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>Adagrad (Duchi, Hazan, Singer 2011): G ← G + g², w ← w − ηg/(√G + ε).</summary>
[CatalogueEntry("Adagrad")]
public sealed class AdagradOptimizer : Optimizer
{
    /// <summary>Sets PyTorch's defaults.</summary>
    public AdagradOptimizer() => LearningRate = 1e-2;

    /// <summary>How fast the learning rate falls: η / (1 + steps·decay).</summary>
    [Range(0.0, double.MaxValue)]
    public double LearningRateDecay { get; init; }

    /// <summary>What G starts with.</summary>
    [Range(0.0, double.MaxValue)]
    public double InitialAccumulator { get; init; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    [Range(0.0, double.MaxValue)]
    public double Eps { get; init; } = 1e-10;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        Scalar one = state.Number(1, 1), eps = state.Number(2, Eps);
        Scalar rate = state.Number(3, -learningRate / (1 + state.Step * LearningRateDecay));
        torch.Tensor sum = state.Get("Sum", InitialAccumulator), root = state.Scratch(0);
        sum.addcmul_(g, g, one);
        root.copy_(sum).sqrt_().add_(eps);
        w.addcdiv_(g, root, rate);
    }
}
