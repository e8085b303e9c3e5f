using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>Binary cross-entropy on logits with positive weight p: (1 − t)x + (1 + (p − 1)t)·ln(1 + e^(−x)).</summary>
internal readonly struct LogitsLossFunction(double positiveWeight) : IElementLossFunction
{
    public double Threshold => 0.5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec one = VectorMath<TVec, T>.Number(1), weight = TVec.MultiplyAdd(VectorMath<TVec, T>.Number(positiveWeight - 1), target, one);
        return ((one - target) * x) + (weight * VectorMath<TVec, T>.Softplus(default(TVec) - x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec one = VectorMath<TVec, T>.Number(1), weight = TVec.MultiplyAdd(VectorMath<TVec, T>.Number(positiveWeight - 1), target, one);
        return one - target - (weight * VectorMath<TVec, T>.Sigmoid(default(TVec) - x));
    }
}
