using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>ln(1 + e^(−tx)), t = ±1.</summary>
internal readonly struct LogisticLossFunction : IElementLossFunction
{
    public double Threshold => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Softplus(default(TVec) - (x * target));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => default(TVec) - (target * VectorMath<TVec, T>.Sigmoid(default(TVec) - (x * target)));
}
