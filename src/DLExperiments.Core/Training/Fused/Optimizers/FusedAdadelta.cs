using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

internal sealed class FusedAdadeltaKind : FusedOptimizerKind
{
    internal override Type Definition => typeof(AdadeltaOptimizer);

    internal override FusedOptimizer<T> Make<TVec, T>(Optimizer optimizer)
    {
        var settings = (AdadeltaOptimizer)optimizer;
        return new RuleOptimizer<TVec, T, AdadeltaRule<TVec, T>>(settings, new(settings), ("SquareAvg", 0), ("AccDelta", 0));
    }
}

/// <summary>Δ = g·√(E[Δ²] + ε)/√(E[g²] + ε), w ← w − ηΔ.</summary>
internal struct AdadeltaRule<TVec, T>(AdadeltaOptimizer settings) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, rho, rest, eps, rate;

    public void Begin(long step, double learningRate)
    {
        decay = VectorMath<TVec, T>.Number(settings.WeightDecay);
        rho = VectorMath<TVec, T>.Number(settings.Rho);
        rest = VectorMath<TVec, T>.Number(1 - settings.Rho);
        eps = VectorMath<TVec, T>.Number(settings.Eps);
        rate = VectorMath<TVec, T>.Number(learningRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        TVec all = TVec.MultiplyAdd(w, decay, g);
        a = TVec.MultiplyAdd(a, rho, all * all * rest);
        TVec change = TVec.Sqrt(b + eps) / TVec.Sqrt(a + eps) * all;
        b = TVec.MultiplyAdd(b, rho, change * change * rest);
        return w - (rate * change);
    }
}
