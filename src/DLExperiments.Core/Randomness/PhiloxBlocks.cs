using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLExperiments.Randomness;

/// <summary>
/// Many neighbouring Philox4x32-10 blocks at once, one in each 64-bit lane: the same bits as <see cref="RandomStream.Philox"/> block by block.
/// The multiplication looks at the lower half of a lane only, so the upper halves may hold anything on the way.
/// </summary>
internal static class PhiloxBlocks
{
    private const int Rounds = 10;

    /// <summary>Fills whole blocks of four numbers; a few at the end may be left over, or all where the processor has no such vectors.</summary>
    /// <param name="numbers">Gets the numbers.</param>
    /// <param name="block">The first block's counter.</param>
    /// <param name="counter2">The third word of all counters.</param>
    /// <param name="counter3">The fourth word.</param>
    /// <param name="key0">The key's lower word.</param>
    /// <param name="key1">The key's upper word.</param>
    /// <returns>How many blocks were filled.</returns>
    internal static int Fill(Span<uint> numbers, ulong block, uint counter2, uint counter3, uint key0, uint key1)
    {
        int filled = 0, blocks = numbers.Length / 4;
        Span<ulong> pairs = MemoryMarshal.Cast<uint, ulong>(numbers[..(blocks * 4)]);
        if (!BitConverter.IsLittleEndian) return 0;
        if (Avx512F.IsSupported)
            for (; filled + Vector512<ulong>.Count <= blocks; filled += Vector512<ulong>.Count) Eight(pairs[(2 * filled)..], block + (ulong)filled, counter2, counter3, key0, key1);
        else if (Avx2.IsSupported)
            for (; filled + Vector256<ulong>.Count <= blocks; filled += Vector256<ulong>.Count) Four(pairs[(2 * filled)..], block + (ulong)filled, counter2, counter3, key0, key1);
        return filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(Span<ulong> pairs, ulong block, uint counter2, uint counter3, uint key0, uint key1)
    {
        Vector512<uint> m0 = Vector512.Create(0xD2511F53UL).AsUInt32(), m1 = Vector512.Create(0xCD9E8D57UL).AsUInt32();
        Vector512<ulong> c0 = Vector512.Create(block) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7), c1 = c0 >>> 32, c2 = Vector512.Create((ulong)counter2), c3 = Vector512.Create((ulong)counter3);
        for (int round = 0; round < Rounds; round++, key0 += 0x9E3779B9, key1 += 0xBB67AE85)
        {
            Vector512<ulong> p0 = Avx512F.Multiply(m0, c0.AsUInt32()), p1 = Avx512F.Multiply(m1, c2.AsUInt32());
            (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector512.Create((ulong)key0), p1, (p0 >>> 32) ^ c3 ^ Vector512.Create((ulong)key1), p0);
        }
        Vector512<ulong> low = Vector512.Create(0xFFFFFFFFUL), a = (c0 & low) | (c1 << 32), b = (c2 & low) | (c3 << 32);
        for (int i = 0; i < Vector512<ulong>.Count; i++) (pairs[2 * i], pairs[(2 * i) + 1]) = (a[i], b[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(Span<ulong> pairs, ulong block, uint counter2, uint counter3, uint key0, uint key1)
    {
        Vector256<uint> m0 = Vector256.Create(0xD2511F53UL).AsUInt32(), m1 = Vector256.Create(0xCD9E8D57UL).AsUInt32();
        Vector256<ulong> c0 = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3), c1 = c0 >>> 32, c2 = Vector256.Create((ulong)counter2), c3 = Vector256.Create((ulong)counter3);
        for (int round = 0; round < Rounds; round++, key0 += 0x9E3779B9, key1 += 0xBB67AE85)
        {
            Vector256<ulong> p0 = Avx2.Multiply(m0, c0.AsUInt32()), p1 = Avx2.Multiply(m1, c2.AsUInt32());
            (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)key0), p1, (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)key1), p0);
        }
        Vector256<ulong> low = Vector256.Create(0xFFFFFFFFUL), a = (c0 & low) | (c1 << 32), b = (c2 & low) | (c3 << 32);
        for (int i = 0; i < Vector256<ulong>.Count; i++) (pairs[2 * i], pairs[(2 * i) + 1]) = (a[i], b[i]);
    }
}
