using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Stacking.Optimizers;

/// <summary>The optimizers that a stack knows. A new one is a class and a line here.</summary>
internal static class StackedOptimizerKinds
{
    private sealed record Kind(Func<Optimizer, string> Key, Func<Optimizer, string?> Refuse, Func<IReadOnlyList<StackedRun>, StackedParameters, StackedOptimizer> Make);

    private static readonly Dictionary<Type, Kind> Known = new()
    {
        [typeof(SgdOptimizer)] = new(o => o is SgdOptimizer { Momentum: 0 } ? "plain" : ((SgdOptimizer)o).Nesterov ? "nesterov" : "momentum",
            o => ((SgdOptimizer)o).NormaliseGradient ? "its gradients are normalised" : null, (runs, parameters) => new StackedSgd(runs, parameters)),
        [typeof(AdamOptimizer)] = new(KeyOfAdam, _ => null, (runs, parameters) => new StackedAdam(runs, parameters)),
        [typeof(AdamWOptimizer)] = new(KeyOfAdam, _ => null, (runs, parameters) => new StackedAdam(runs, parameters)),
    };

    /// <summary>Why an optimizer cannot be stacked, as a clause; null when it can.</summary>
    internal static string? Refuse(Optimizer optimizer) =>
        !Known.TryGetValue(optimizer.GetType(), out Kind? kind) ? $"the optimizer {optimizer.Type} has no stacked form"
        : kind.Refuse(optimizer) is { } reason ? $"the optimizer {optimizer.Type} has no stacked form here: {reason}"
        : null;

    /// <summary>What of the optimizer has to be the same in all networks; all else is each one's own.</summary>
    internal static string Key(Optimizer optimizer) => $"{optimizer.Type} {Known[optimizer.GetType()].Key(optimizer)}";

    /// <summary>Makes the optimizers of a stack.</summary>
    internal static StackedOptimizer Make(IReadOnlyList<StackedRun> runs, StackedParameters parameters) => Known[runs[0].Settings.Optimizer.GetType()].Make(runs, parameters);

    private static string KeyOfAdam(Optimizer optimizer) => ((AdaptiveMomentOptimizer)optimizer).AmsGrad ? "amsgrad" : "plain";
}
