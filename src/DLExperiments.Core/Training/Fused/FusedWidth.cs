using System.Runtime.Intrinsics;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused;

/// <summary>The vectors that this processor has, and those that suit a network.</summary>
internal static class FusedWidth
{
    /// <summary>The widest vectors of this processor in bits; 32 when it has none.</summary>
    internal static int Widest =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;

    /// <summary>The vectors for a network: the widest, unless its layers are so narrow that most of such a vector would be padding.</summary>
    internal static int Choose(NetworkDefinition network)
    {
        int most = network.Layers.Max(l => l.OutputShape.ElementCount), widest = Widest;
        return most <= 8 ? Math.Min(widest, 256) : widest;
    }

    internal static FusedRun Start(EngineSettings settings, int bits) => bits switch
    {
        512 => new FusedRun<Lanes512<float>, float>(settings),
        256 => new FusedRun<Lanes256<float>, float>(settings),
        128 => new FusedRun<Lanes128<float>, float>(settings),
        _ => new FusedRun<LanesOne<float>, float>(settings),
    };
}
