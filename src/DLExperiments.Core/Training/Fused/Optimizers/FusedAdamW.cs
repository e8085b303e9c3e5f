using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedAdamWKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(AdamWOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (AdamWOptimizer)optimizer;
        return settings.AmsGrad
            ? new RuleOptimizer<TVec, T, AmsGradRule<TVec, T>>(settings, new(settings, decoupled: true), ("ExpAvg", 0), ("ExpAvgSq", 0), ("MaxExpAvgSq", 0))
            : new RuleOptimizer<TVec, T, AdamRule<TVec, T>>(settings, new(settings, decoupled: true), ("ExpAvg", 0), ("ExpAvgSq", 0));
    }
}
