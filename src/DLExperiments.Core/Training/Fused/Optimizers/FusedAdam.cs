using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedAdamKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(AdamOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (AdamOptimizer)optimizer;
        return settings.AmsGrad
            ? new RuleOptimizer<TVec, T, AmsGradRule<TVec, T>>(settings, new(settings, decoupled: false), ("ExpAvg", 0), ("ExpAvgSq", 0), ("MaxExpAvgSq", 0))
            : new RuleOptimizer<TVec, T, AdamRule<TVec, T>>(settings, new(settings, decoupled: false), ("ExpAvg", 0), ("ExpAvgSq", 0));
    }
}

/// <summary>Adam, and AdamW where the decay is decoupled: w ← (1 − ηλ)w before the step.</summary>
internal struct AdamRule<TVec, T>(AdaptiveMomentOptimizer settings, bool decoupled) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, keep, beta1, rest1, beta2, rest2, eps, rate;

    public void Begin(long step, double learningRate)
    {
        double correction1 = 1 - Math.Pow(settings.Beta1, step + 1), correction2 = Math.Sqrt(1 - Math.Pow(settings.Beta2, step + 1));
        decay = VectorMath<TVec, T>.Number(decoupled ? 0 : settings.WeightDecay);
        keep = VectorMath<TVec, T>.Number(decoupled ? 1 - learningRate * settings.WeightDecay : 1);
        beta1 = VectorMath<TVec, T>.Number(settings.Beta1);
        rest1 = VectorMath<TVec, T>.Number(1 - settings.Beta1);
        beta2 = VectorMath<TVec, T>.Number(settings.Beta2);
        rest2 = VectorMath<TVec, T>.Number(1 - settings.Beta2);
        // Both corrections in two numbers: η/c₁ · m/(√v/c₂ + ε) = (η·c₂/c₁) · m/(√v + ε·c₂).
        eps = VectorMath<TVec, T>.Number(settings.Eps * correction2);
        rate = VectorMath<TVec, T>.Number(learningRate * correction2 / correction1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        TVec all = TVec.MultiplyAdd(w, decay, g);
        a = TVec.MultiplyAdd(a, beta1, all * rest1);
        b = TVec.MultiplyAdd(b, beta2, all * all * rest2);
        return (w * keep) - (rate * a / (TVec.Sqrt(b) + eps));
    }
}
