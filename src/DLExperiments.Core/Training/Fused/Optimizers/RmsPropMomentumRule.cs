using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>RMSprop whose scaled gradient has momentum.</summary>
internal struct RmsPropMomentumRule<TVec, T>(RmsPropOptimizer settings) : IUpdateRule<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TVec decay, alpha, rest, eps, rate, momentum;

    public void Begin(long step, double learningRate)
    {
        decay = VectorMath<TVec, T>.Number(settings.WeightDecay);
        alpha = VectorMath<TVec, T>.Number(settings.Alpha);
        rest = VectorMath<TVec, T>.Number(1 - settings.Alpha);
        eps = VectorMath<TVec, T>.Number(settings.Eps);
        rate = VectorMath<TVec, T>.Number(learningRate);
        momentum = VectorMath<TVec, T>.Number(settings.Momentum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVec Apply(TVec w, TVec g, ref TVec a, ref TVec b, ref TVec c)
    {
        TVec all = TVec.MultiplyAdd(w, decay, g);
        a = TVec.MultiplyAdd(a, alpha, all * all * rest);
        b = TVec.MultiplyAdd(b, momentum, all / (TVec.Sqrt(a) + eps));
        return w - (rate * b);
    }
}
