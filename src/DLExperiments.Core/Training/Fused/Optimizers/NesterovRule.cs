using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>v ← μv + g, w ← w − η(g + μv), with g the gradient and λw.</summary>
internal struct NesterovRule<TVec, T>(SgdOptimizer settings) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, rate, momentum, share;

    public void Begin(long step, double learningRate)
    {
        decay = VectorMath<TVec, T>.Number(FusedSgdKind.RuleDecay(settings));
        rate = VectorMath<TVec, T>.Number(-learningRate);
        momentum = VectorMath<TVec, T>.Number(settings.Momentum);
        // The first buffer is the gradient itself, without dampening.
        share = VectorMath<TVec, T>.Number(step == 0 ? 1 : 1 - settings.Dampening);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        TVec all = TVec.MultiplyAdd(w, decay, g);
        a = TVec.MultiplyAdd(a, momentum, all * share);
        return TVec.MultiplyAdd(TVec.MultiplyAdd(a, momentum, all), rate, w);
    }
}
