using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using TorchSharp;

namespace DLExperiments.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent, with momentum (v ← μv + (1−τ)g, w ← w − ηv; the first v is g) or Nesterov's (w ← w − η(g + μv)), in PyTorch's form.
/// With a normalised gradient each step goes along g/‖g‖ instead of g, so that its length is the learning rate whatever the slope.
/// </summary>
[CatalogueEntry("SGD")]
public sealed class SgdOptimizer : Optimizer
{
    /// <summary>The momentum μ, 0 for none.</summary>
    [Range(0.0, double.MaxValue)]
    public double Momentum { get; init; }

    /// <summary>The dampening τ of the momentum.</summary>
    [Range(0.0, 1.0)]
    public double Dampening { get; init; }

    /// <summary>Whether the gradient looks ahead along the momentum (Nesterov 1983).</summary>
    public bool Nesterov { get; init; }

    /// <summary>
    /// Whether the gradient, weight decay included, is divided by its 2-norm over all trained parameters before anything else is done with it
    /// (normalised gradient descent, v = −∇R/‖∇R‖). A gradient of zero stays zero.
    /// </summary>
    public bool NormaliseGradient { get; init; }

    /// <inheritdoc/>
    public override bool HasMomentum => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
            throw new ExperimentException("InvalidOptimizer", ErrorKind.InvalidArgument,
                "optimizer SGD: Nesterov needs a Momentum greater than 0 and no Dampening.", this);
    }

    /// <inheritdoc/>
    private protected override void Update(OptimizerState state, torch.Tensor w, torch.Tensor g, double learningRate)
    {
        AddDecay(state, w, g);
        if (NormaliseGradient) Normalise(g);
        Scalar rate = state.Number(1, -learningRate);
        torch.Tensor direction = g;
        double momentum = state.Momentum ?? Momentum;
        if (momentum != 0)
        {
            torch.Tensor v = state.Get("MomentumBuffer");
            Scalar mu = state.Number(2, momentum), keep = state.Number(3, 1 - Dampening);
            if (state.Step == 0) v.copy_(g);
            else v.mul_(mu).add_(g, keep);
            direction = Nesterov ? g.add_(v, mu) : v;
        }
        w.add_(direction, rate);
    }

    // Divided by the norm, and by 1 where that is zero: the gradient is then zero, and there is no direction to take.
    private static void Normalise(torch.Tensor g)
    {
        using torch.Tensor norm = g.norm();
        double length = norm.ToDouble();
        if (length > 0) g.mul_(1 / length);
    }
}
