using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedRmsPropKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(RmsPropOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (RmsPropOptimizer)optimizer;
        (string, double) square = ("SquareAvg", 0), mean = ("GradAvg", 0), buffer = ("MomentumBuffer", 0);
        return (settings.Centered, settings.Momentum != 0) switch
        {
            (false, false) => new RuleOptimizer<TVec, T, RmsPropRule<TVec, T>>(settings, new(settings), square),
            (false, true) => new RuleOptimizer<TVec, T, RmsPropMomentumRule<TVec, T>>(settings, new(settings), square, buffer),
            (true, false) => new RuleOptimizer<TVec, T, CenteredRmsPropRule<TVec, T>>(settings, new(settings), square, mean),
            (true, true) => new RuleOptimizer<TVec, T, CenteredRmsPropMomentumRule<TVec, T>>(settings, new(settings), square, mean, buffer),
        };
    }
}
