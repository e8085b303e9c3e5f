using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>GELU, exact or approximated as the layer says.</summary>
internal sealed class FusedGeluKind : FusedLayerKind
{
    internal override Type Definition => typeof(Networks.Layers.GELULayer);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => ((Networks.Layers.GELULayer)site.Node.Layer).TanhApproximation
        ? new FusedActivation<TVec, T, GeluTanhFunction>(site, default)
        : new FusedActivation<TVec, T, GeluFunction>(site, default);
}

/// <summary>x Φ(x); the slope is Φ(x) + x φ(x).</summary>
internal readonly struct GeluFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => x * VectorMath<TVec, T>.Normal(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath<TVec, T>.Normal(x) + (x * VectorMath<TVec, T>.Number(0.3989422804014327) * VectorMath<TVec, T>.Exp(VectorMath<TVec, T>.Number(-0.5) * x * x));
}
