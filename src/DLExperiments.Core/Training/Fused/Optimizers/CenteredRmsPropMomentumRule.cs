using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Fused.Optimizers;

/// <summary>RMSprop on the standard deviation, whose scaled gradient has momentum.</summary>
internal struct CenteredRmsPropMomentumRule<TVec, T>(RmsPropOptimizer settings) : IUpdateRule<TVec, T>
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
        b = TVec.MultiplyAdd(b, alpha, all * rest);
        TVec variance = a - (b * b);
        // Of gradients that stay the same it is 0, and rounding makes it less.
        variance = TVec.Select(TVec.Greater(default, variance), default, variance);
        c = TVec.MultiplyAdd(c, momentum, all / (TVec.Sqrt(variance) + eps));
        return w - (rate * c);
    }
}
