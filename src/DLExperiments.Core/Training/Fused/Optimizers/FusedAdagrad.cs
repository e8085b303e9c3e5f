using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedAdagradKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(AdagradOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (AdagradOptimizer)optimizer;
        return new RuleOptimizer<TVec, T, AdagradRule<TVec, T>>(settings, new(settings), ("Sum", settings.InitialAccumulator));
    }
}

/// <summary>G ← G + g², w ← w − ηg/(√G + ε).</summary>
internal struct AdagradRule<TVec, T>(AdagradOptimizer settings) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, eps, rate;

    public void Begin(long step, double learningRate)
    {
        decay = VectorMath<TVec, T>.Number(settings.WeightDecay);
        eps = VectorMath<TVec, T>.Number(settings.Eps);
        rate = VectorMath<TVec, T>.Number(learningRate / (1 + step * settings.LearningRateDecay));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        TVec all = TVec.MultiplyAdd(w, decay, g);
        a = TVec.MultiplyAdd(all, all, a);
        return w - (rate * all / (TVec.Sqrt(a) + eps));
    }
}
