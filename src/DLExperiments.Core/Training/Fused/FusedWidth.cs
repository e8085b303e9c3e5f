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

    /// <summary>
    /// The vectors for a network: the widest, unless so much of them would be padding that half the width is faster. 256 bits compute
    /// as fast as 512 on some processors, and have twice the units on others, so they win from a sixth of padding on; 128 bits need more.
    /// </summary>
    internal static int Choose(NetworkDefinition network)
    {
        int bits = Widest;
        if (bits == 512 && Work(network, 8) < 0.85 * Work(network, 16)) bits = 256;
        if (bits == 256 && Work(network, 4) < 0.6 * Work(network, 8)) bits = 128;
        return bits;
    }

    /// <summary>Multiplications for a row, those on padding included.</summary>
    private static double Work(NetworkDefinition network, int lanes) => network.Layers.Sum(layer =>
        (double)(layer.MultiplyAdds > 0 ? layer.InputShapes[0].ElementCount : 1) * ((layer.OutputShape.ElementCount + lanes - 1) / lanes * lanes));

    internal static FusedRun Start(EngineSettings settings, int bits) => bits switch
    {
        512 => new FusedRun<Lanes512<float>, float>(settings),
        256 => new FusedRun<Lanes256<float>, float>(settings),
        128 => new FusedRun<Lanes128<float>, float>(settings),
        _ => new FusedRun<LanesOne<float>, float>(settings),
    };
}
