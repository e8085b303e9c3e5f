using System.Numerics;
using System.Runtime.CompilerServices;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Layers;

internal sealed class FusedDropoutKind : FusedLayerKind
{
    internal override Type Definition => typeof(DropoutLayer);

    internal override FusedLayer<TVec, T> Make<TVec, T>(FusedSite<TVec, T> site) => new FusedDropout<TVec, T>(site);
}

/// <summary>Dropout with the masks that every engine draws.</summary>
internal sealed unsafe class FusedDropout<TVec, T> : FusedLayer<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double probability;
    private readonly RandomStream random;
    private readonly float* drawn;
    private readonly T* mask;

    internal FusedDropout(FusedSite<TVec, T> site)
        : base(site)
    {
        probability = ((DropoutLayer)site.Node.Layer).P;
        random = new RandomStream(site.Seed, RandomPurpose.Dropout, site.Place);
        drawn = site.Memory.Allocate<float>((long)Batch.Capacity * Size);
        mask = site.Memory.Allocate<T>((long)Batch.Capacity * Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Forward()
    {
        if (!Batch.IsTraining || probability == 0)
        {
            for (int i = 0; i < Batch.Count; i++) new Span<T>(Inputs[i], Size).CopyTo(new Span<T>(Rows[i], Size));
            return;
        }
        random.Turn(0, Batch.Step);
        DropoutMask.Fill(new Span<float>(drawn, Batch.Count * Size), probability, random);
        for (int i = 0; i < Batch.Count; i++)
        {
            T* x = Inputs[i], y = Rows[i], m = mask + (nint)i * Width;
            var own = new ReadOnlySpan<float>(drawn + (nint)i * Size, Size);
            if (typeof(T) == typeof(float)) own.CopyTo(new Span<float>(m, Size));
            else for (int j = 0; j < Size; j++) m[j] = T.CreateTruncating(own[j]);
            for (int j = 0; j < Width; j += TVec.Count) (TVec.Load(x + j) * TVec.Load(m + j)).Store(y + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Backward(GradientSink<T> sink)
    {
        if (InputDelta == null) return;
        T* dx = InputDelta, d = Delta;
        int count = Batch.Count * Width;
        if (probability == 0) new Span<T>(d, count).CopyTo(new Span<T>(dx, count));
        else for (int j = 0; j < count; j += TVec.Count) (TVec.Load(d + j) * TVec.Load(mask + j)).Store(dx + j);
    }
}
