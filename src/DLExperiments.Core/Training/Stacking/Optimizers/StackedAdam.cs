using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Optimizers;

/// <summary><see cref="AdamOptimizer"/> and <see cref="AdamWOptimizer"/> for a stack.</summary>
/// <param name="runs">The networks.</param>
/// <param name="parameters">Their parameters.</param>
internal sealed class StackedAdam(IReadOnlyList<StackedRun> runs, StackedParameters parameters) : StackedOptimizer(runs, parameters)
{
    private readonly bool decays = runs[0].Settings.Optimizer is AdamWOptimizer, amsGrad = ((AdaptiveMomentOptimizer)runs[0].Settings.Optimizer).AmsGrad;

    /// <inheritdoc/>
    private protected override void Update(torch.Tensor w, torch.Tensor g)
    {
        if (decays) Number(0, (o, r) => 1 - (r * o.WeightDecay)).Scale(w);
        else AddDecay(w, g);
        torch.Tensor m = Get("ExpAvg"), v = Get("ExpAvgSq");
        Number(1, (o, _) => Of(o).Beta1).Scale(m);
        Number(2, (o, _) => 1 - Of(o).Beta1).AddTo(m, g);
        Number(3, (o, _) => Of(o).Beta2).Scale(v);
        Number(4, (o, _) => 1 - Of(o).Beta2).AddTo(v, g.mul_(g));
        if (amsGrad)
        {
            torch.Tensor greatest = Get("MaxExpAvgSq");
            using torch.Tensor now = torch.maximum(greatest, v);
            greatest.copy_(now);
            v = greatest;
        }
        // η/c₁ · m/(√v/c₂ + ε) = η · c₂/c₁ · m/(√v + ε·c₂), as alone. What changes with every step is kept apart from the rates, which differ and mostly stay.
        torch.Tensor root = Scratch(0), step = Scratch(1);
        root.copy_(v).sqrt_();
        Number(5, (o, _) => Of(o).Eps * Correction2(o)).AddTo(root);
        step.copy_(m).div_(root);
        Number(6, (o, _) => Correction2(o) / (1 - Math.Pow(Of(o).Beta1, Steps + 1))).Scale(step);
        Number(7, (_, r) => -r).AddTo(w, step);
    }

    private static AdaptiveMomentOptimizer Of(Optimizer optimizer) => (AdaptiveMomentOptimizer)optimizer;

    private double Correction2(Optimizer optimizer) => Math.Sqrt(1 - Math.Pow(Of(optimizer).Beta2, Steps + 1));
}
