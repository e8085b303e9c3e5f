using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>max(0, 1 − tx), t = ±1.</summary>
internal readonly struct HingeLossFunction : IElementLossFunction
{
    public double Threshold => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec margin = VectorMath<TVec, T>.Number(1) - (x * target);
        return TVec.Select(TVec.Greater(default, margin), default, margin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Where(TVec.Greater(VectorMath<TVec, T>.Number(1) - (x * target), default), default(TVec) - target);
}
