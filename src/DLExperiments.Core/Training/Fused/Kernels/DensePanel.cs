using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using DLExperiments.Training.Fused.Lanes;

namespace DLExperiments.Training.Fused.Kernels;

/// <summary>
/// Columns that a tile computes together, copied close together. In a wide matrix the rows of such a strip are so far apart that they share a few
/// places of the cache, push each other out and have to come from far away for every tile.
/// </summary>
internal static unsafe class DensePanel<TVec, T>
    where TVec : struct, ILanes<TVec, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>With fewer rows a copy is read too seldom to be worth writing.</summary>
    public const int FewestRows = 24;

    /// <summary>Whether rows are long enough to be copied.</summary>
    /// <param name="width">Numbers in a row of the matrix.</param>
    public static bool IsWorthIt(int width) => TVec.HasManyRegisters && width * sizeof(T) >= 512;

    /// <summary>Asks for the cache lines of a copy's row, without waiting.</summary>
    /// <param name="row">Where they are; need not be memory at all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(T* row)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch1(row);
        if (2 * TVec.Count * sizeof(T) > 64) Sse.Prefetch1((byte*)row + 64);
    }
}
