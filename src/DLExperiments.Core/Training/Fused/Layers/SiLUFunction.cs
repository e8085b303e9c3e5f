using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>x σ(x); the slope is σ(x)·(1 + x(1 − σ(x))).</summary>
internal readonly struct SiLUFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => x * VectorMath<TVec, T>.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Sigmoid(x) * (VectorMath<TVec, T>.Number(1) + x - y);
}
