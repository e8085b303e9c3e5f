using DLExperiments.Training.Optimizers;
using TorchSharp;

namespace DLExperiments.Training.Stacking.Optimizers;

/// <summary><see cref="SgdOptimizer"/> for a stack; momentum of all networks or of none.</summary>
/// <param name="runs">The networks.</param>
/// <param name="parameters">Their parameters.</param>
internal sealed class StackedSgd(IReadOnlyList<StackedRun> runs, StackedParameters parameters) : StackedOptimizer(runs, parameters)
{
    private readonly bool nesterov = ((SgdOptimizer)runs[0].Settings.Optimizer).Nesterov;

    /// <inheritdoc/>
    private protected override void Update(torch.Tensor w, torch.Tensor g)
    {
        AddDecay(w, g);
        StackedNumber rate = Number(1, (_, r) => -r), momentum = Number(2, (o, _) => ((SgdOptimizer)o).Momentum), keep = Number(3, (o, _) => 1 - ((SgdOptimizer)o).Dampening);
        torch.Tensor direction = g;
        if (!momentum.IsZero)
        {
            torch.Tensor v = direction = Get("MomentumBuffer");
            if (Steps == 0)
            {
                v.copy_(g);
            }
            else
            {
                momentum.Scale(v);
                keep.AddTo(v, g);
            }
            if (nesterov) momentum.AddTo(direction = g, v);
        }
        rate.AddTo(w, direction);
    }
}
