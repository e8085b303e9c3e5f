using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// RMSprop (Hinton 2012, in PyTorch's form): E ← αE + (1−α)g², w ← w − ηg/(√E + ε); centered subtracts the squared mean gradient from E (Graves 2013).
/// </summary>
[CatalogueEntry("RMSprop")]
public sealed class RmsPropOptimizer : Optimizer
{
    /// <summary>Sets PyTorch's defaults.</summary>
    public RmsPropOptimizer() => LearningRate = 1e-2;

    /// <summary>The smoothing α of the mean square.</summary>
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε, which keeps the quotient finite.</summary>
    [Range(0.0, double.MaxValue)]
    public double Eps { get; init; } = 1e-8;

    /// <summary>The momentum of the scaled gradient, 0 for none.</summary>
    [Range(0.0, double.MaxValue)]
    public double Momentum { get; init; }

    /// <summary>Whether the gradient is divided by its estimated standard deviation instead of its root mean square.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override bool HasMomentum => true;

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        double momentum = state.Momentum ?? Momentum;
        Scalar alpha = state.Number(1, Alpha), rest = state.Number(2, 1 - Alpha), eps = state.Number(3, Eps), rate = state.Number(4, -learningRate);
        Scalar one = state.Number(5, 1), minusOne = state.Number(6, -1), mu = state.Number(7, momentum);
        torch.Tensor square = state.Get("SquareAvg"), root = state.Scratch(0);
        square.mul_(alpha).addcmul_(g, g, rest);
        root.copy_(square);
        if (Centered)
        {
            torch.Tensor mean = state.Get("GradAvg");
            mean.mul_(alpha).add_(g, rest);
            // A variance; of gradients that stay the same it is 0, and rounding makes it less.
            root.addcmul_(mean, mean, minusOne).relu_();
        }
        root.sqrt_().add_(eps);
        if (momentum == 0)
        {
            w.addcdiv_(g, root, rate);
            return;
        }
        torch.Tensor v = state.Get("MomentumBuffer");
        v.mul_(mu).addcdiv_(g, root, one);
        w.add_(v, rate);
    }
}
