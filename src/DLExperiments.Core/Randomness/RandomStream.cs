using System.Runtime.CompilerServices;

namespace DLExperiments.Randomness;

/// <summary>
/// A counter-based random stream (Philox4x32-10; Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011).
/// It is keyed by seed, purpose, index, epoch and step, so any stream can be had again without replaying others:
/// exact resume, parallel runs and different engines agree by construction, whatever the thread count.
/// </summary>
public sealed class RandomStream
{
    private readonly uint keyLow, keyHigh;
    private uint counter2, counter3;
    private ulong block;
    private uint r0, r1, r2, r3;
    private int left;
    private double spareNormal;
    private bool hasSpare;

    /// <summary>Opens a stream at its start.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Which one of several things of that purpose (parameter, layer, column).</param>
    /// <param name="epoch">The epoch, from 0 to 2^32 - 1.</param>
    /// <param name="step">The step, over all epochs, from 0 to 2^32 - 1.</param>
    public RandomStream(long seed, RandomPurpose purpose, int index = 0, long epoch = 0, long step = 0)
    {
        // Purpose and index enter the key by a bijective mix of 64 bits (SplitMix64 finaliser), epoch and step the counter.
        ulong key = Mix(unchecked((ulong)seed) ^ Mix(((ulong)(uint)index << 32) | (uint)purpose));
        keyLow = (uint)key;
        keyHigh = (uint)(key >> 32);
        counter2 = unchecked((uint)epoch);
        counter3 = unchecked((uint)step);
    }

    /// <summary>Turns to another step at its start, as a new stream of the same seed, purpose and index would be.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step, over all epochs, from 0.</param>
    internal void Turn(long epoch, long step)
    {
        counter2 = unchecked((uint)epoch);
        counter3 = unchecked((uint)step);
        block = 0;
        left = 0;
        hasSpare = false;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (left == 0) NextBlock();
        return left-- switch { 4 => r0, 3 => r1, 2 => r2, _ => r3 };
    }

    /// <summary>The next numbers of 32 random bits, as so many calls of <see cref="NextUInt32"/> give them, but several times as fast.</summary>
    /// <param name="numbers">Gets them.</param>
    public void Fill(Span<uint> numbers)
    {
        int at = 0;
        while (at < numbers.Length && left > 0) numbers[at++] = NextUInt32();
        int blocks = PhiloxBlocks.Fill(numbers[at..], block, counter2, counter3, keyLow, keyHigh);
        block += (ulong)blocks;
        for (at += 4 * blocks; at < numbers.Length; at++) numbers[at] = NextUInt32();
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>A number from the uniform distribution on [0, 1), with 53 random bits.</summary>
    public double NextDouble() => ToDouble(NextUInt64());

    /// <summary>The number on [0, 1) that <see cref="NextDouble"/> makes of 64 bits.</summary>
    internal static double ToDouble(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the uniform distribution on [0, 1), with 24 random bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1u << 24));

    /// <summary>A number from the uniform distribution on [minimum, maximum).</summary>
    /// <param name="minimum">The lower end.</param>
    /// <param name="maximum">The upper end.</param>
    public double NextUniform(double minimum, double maximum) => minimum + (maximum - minimum) * NextDouble();

    /// <summary>A whole number from the uniform distribution on 0 .. bound - 1, without bias (Lemire 2019).</summary>
    /// <param name="bound">Greater than 0.</param>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = unchecked(0u - (uint)bound) % (uint)bound;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * (uint)bound;
        }
        return (int)(product >> 32);
    }

    /// <summary>A number from the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spareNormal;
        }
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        (double sine, double cosine) = Math.SinCos(2.0 * Math.PI * NextDouble());
        spareNormal = radius * sine;
        hasSpare = true;
        return radius * cosine;
    }

    /// <summary>Puts items into a random order (Fisher and Yates; Durstenfeld 1964).</summary>
    /// <param name="items">The items; reordered in place.</param>
    /// <typeparam name="T">Their type.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The whole numbers 0 .. count - 1 in a random order.</summary>
    /// <param name="count">How many.</param>
    public int[] NextPermutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Shuffle<int>(order);
        return order;
    }

    internal static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>One Philox4x32-10 block; public test vectors are in the Random123 distribution.</summary>
    internal static (uint R0, uint R1, uint R2, uint R3) Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NextBlock()
    {
        (r0, r1, r2, r3) = Philox((uint)block, (uint)(block >> 32), counter2, counter3, keyLow, keyHigh);
        block++;
        left = 4;
    }
}
