using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Losses;

/// <summary>(x − t)².</summary>
internal readonly struct SquareLossFunction : IElementLossFunction
{
    public double Threshold => double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => (x - target) * (x - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec target)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Number(2) * (x - target);
}
