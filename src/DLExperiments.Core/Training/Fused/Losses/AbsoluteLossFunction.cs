using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>|x − t|; the slope at 0 is 0, as in PyTorch.</summary>
internal readonly struct AbsoluteLossFunction : IElementLossFunction
{
    public double Threshold => double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Abs(x - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Select(TVec.Greater(x, target), VectorMath<TVec, T>.Number(1), TVec.Where(TVec.Greater(target, x), VectorMath<TVec, T>.Number(-1)));
}
