using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>ln(1 + e^βx)/β, and x where βx exceeds the threshold; the slope is σ(βx), and 1 there.</summary>
internal readonly struct SoftplusFunction(double beta, double threshold) : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Select(TVec.Greater(x * VectorMath<TVec, T>.Number(beta), VectorMath<TVec, T>.Number(threshold)), x, VectorMath<TVec, T>.Softplus(x * VectorMath<TVec, T>.Number(beta)) / VectorMath<TVec, T>.Number(beta));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => TVec.Select(TVec.Greater(x * VectorMath<TVec, T>.Number(beta), VectorMath<TVec, T>.Number(threshold)), VectorMath<TVec, T>.Number(1), VectorMath<TVec, T>.Sigmoid(x * VectorMath<TVec, T>.Number(beta)));
}
