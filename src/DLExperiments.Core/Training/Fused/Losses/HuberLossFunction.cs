using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>factor · ½e² where |e| ≤ δ, else factor · δ(|e| − ½δ): Huber with factor 1, smooth L1 with 1/δ.</summary>
internal readonly struct HuberLossFunction(double delta, double factor) : IElementLossFunction
{
    public double Threshold => double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec e = TVec.Abs(x - target), limit = VectorMath<TVec, T>.Number(delta), half = VectorMath<TVec, T>.Number(0.5);
        TVec line = limit * (e - (half * limit)), bowl = half * e * e;
        return VectorMath<TVec, T>.Number(factor) * TVec.Select(TVec.Greater(e, limit), line, bowl);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec e = x - target, limit = VectorMath<TVec, T>.Number(delta);
        e = TVec.Select(TVec.Greater(e, limit), limit, e);
        e = TVec.Select(TVec.Greater(default(TVec) - limit, e), default(TVec) - limit, e);
        return VectorMath<TVec, T>.Number(factor) * e;
    }
}
