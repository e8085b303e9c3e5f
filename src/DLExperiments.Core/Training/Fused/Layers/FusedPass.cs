using System.Numerics;
using DLExperiments.Networks;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

internal sealed class FusedPassKind<TLayer> : FusedLayerKind
    where TLayer : Layer
{
    internal override Type Definition => typeof(TLayer);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => new FusedPass<TVec, T>(site);
}

/// <summary>Passes rows on: a flattened row is the same numbers in the same order.</summary>
internal sealed unsafe class FusedPass<TVec, T>(FusedSite<TVec, T> site) : FusedLayer<TVec, T>(site)
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal override void Forward()
    {
        for (int i = 0; i < Batch.Count; i++) new Span<T>(Inputs[i], Size).CopyTo(new Span<T>(Rows[i], Size));
    }

    internal override void Backward(GradientSink<T> sink)
    {
        if (InputDelta != null) new Span<T>(Delta, Batch.Count * Width).CopyTo(new Span<T>(InputDelta, Batch.Count * Width));
    }
}
