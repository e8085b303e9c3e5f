using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

/// <summary>A function of each value, and its slope.</summary>
internal interface IActivationFunction
{
    TVec Value<TVec, T>(TVec x)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The derivative at x, where the value is y.</summary>
    TVec Slope<TVec, T>(TVec x, TVec y)
        where TVec : struct, ILanes<TVec, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

internal sealed class FusedActivationKind<TLayer, TFunction>(Func<TLayer, TFunction> function) : FusedLayerKind
    where TLayer : Layer
    where TFunction : struct, IActivationFunction
{
    internal override Type Definition => typeof(TLayer);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) =>
        new FusedActivation<TVec, T, TFunction>(site, function((TLayer)site.Node.Layer));
}

internal sealed unsafe class FusedActivation<TVec, T, TFunction>(FusedSite<TVec, T> site, TFunction function) : FusedLayer<TVec, T>(site)
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Forward()
    {
        TFunction f = function;
        T** inputs = Inputs;
        T* y = Output;
        int width = Width, count = Batch.Count;
        for (int i = 0; i < count; i++, y += width)
        {
            T* x = inputs[i];
            for (int j = 0; j < width; j += TVec.Count) f.Value<TVec, T>(TVec.Load(x + j)).Store(y + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Backward(GradientSink<T> sink)
    {
        if (InputDelta == null) return;
        TFunction f = function;
        T** inputs = Inputs;
        T* y = Output;
        T* d = Delta;
        T* dx = InputDelta;
        int width = Width, count = Batch.Count;
        for (int i = 0; i < count; i++, y += width, d += width, dx += width)
        {
            T* x = inputs[i];
            for (int j = 0; j < width; j += TVec.Count)
                (TVec.Load(d + j) * f.Slope<TVec, T>(TVec.Load(x + j), TVec.Load(y + j))).Store(dx + j);
        }
    }
}
