using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³).</summary>
internal readonly struct GeluTanhFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Number(0.5) * x * (VectorMath<TVec, T>.Number(1) + Bend<TVec, T>(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TVec one = VectorMath<TVec, T>.Number(1), half = VectorMath<TVec, T>.Number(0.5), bend = Bend<TVec, T>(x);
        TVec inner = VectorMath<TVec, T>.Number(0.7978845608028654) * TVec.MultiplyAdd(VectorMath<TVec, T>.Number(3 * 0.044715) * x, x, one);
        return (half * (one + bend)) + (half * x * (one - (bend * bend)) * inner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVec Bend<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Tanh(VectorMath<TVec, T>.Number(0.7978845608028654) * x
            * TVec.MultiplyAdd(VectorMath<TVec, T>.Number(0.044715) * x, x, VectorMath<TVec, T>.Number(1)));
}
