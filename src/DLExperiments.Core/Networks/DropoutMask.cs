using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DLExperiments.Randomness;

namespace DLExperiments.Networks;

/// <summary>The masks of dropout, drawn from a random stream in managed memory so that every engine draws the same.</summary>
public static class DropoutMask
{
    /// <summary>Fills a mask: 0 with probability p, else 1 / (1 - p), so that the expected value stays (inverted dropout).</summary>
    /// <param name="mask">The mask; one 32-bit number of the stream is spent on each element, in order.</param>
    /// <param name="probability">The probability p of a zero, from 0 to 1.</param>
    /// <param name="random">The layer's stream of this step.</param>
    public static void Fill(Span<float> mask, double probability, RandomStream random)
    {
        float scale = probability < 1 ? (float)(1 / (1 - probability)) : 0;
        ulong threshold = (ulong)(probability * 4294967296.0);
        // The numbers are drawn into the mask's own memory and become its values there.
        Span<uint> drawn = MemoryMarshal.Cast<float, uint>(mask);
        random.Fill(drawn);
        int i = 0;
        if (Vector256.IsHardwareAccelerated && threshold is > 0 and <= uint.MaxValue)
        {
            Vector256<uint> limit = Vector256.Create((uint)threshold), kept = Vector256.Create(scale).AsUInt32();
            ref uint first = ref MemoryMarshal.GetReference(drawn);
            for (; i + Vector256<uint>.Count <= drawn.Length; i += Vector256<uint>.Count)
                (Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)i), limit) & kept).StoreUnsafe(ref first, (nuint)i);
        }
        for (; i < mask.Length; i++) mask[i] = drawn[i] < threshold ? 0 : scale;
    }
}
