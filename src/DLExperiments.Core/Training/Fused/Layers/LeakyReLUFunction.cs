using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>x where positive, slope · x elsewhere.</summary>
internal readonly struct LeakyReLUFunction(double negativeSlope) : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Select(TVec.Greater(x, default), x, x * VectorMath<TVec, T>.Number(negativeSlope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Select(TVec.Greater(x, default), VectorMath<TVec, T>.Number(1), VectorMath<TVec, T>.Number(negativeSlope));
}
