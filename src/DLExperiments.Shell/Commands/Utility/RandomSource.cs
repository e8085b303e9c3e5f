using System.Numerics;
using System.Security.Cryptography;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>
/// Draws for Get-Random: from the system's cryptographic source, or repeatable from a seed. A seed gives the draws that it gives in
/// pwsh, so that a script keeps its results: each draw is four bytes of <see cref="Random"/>, folded into [0, 2^31 - 1).
/// </summary>
internal sealed class RandomSource(int? seed)
{
    private readonly Random? seeded = seed is { } value ? new Random(value) : null;

    internal int Between(int minimum, int maximum)
    {
        var range = (long)maximum - minimum;
        if (range <= int.MaxValue) return (int)(Fraction() * range) + minimum;
        double wide;
        do wide = Four();
        while (wide == int.MaxValue);
        return (int)((long)((wide + int.MaxValue) * (1.0 / (2 * (uint)int.MaxValue)) * range) + minimum);
    }

    internal long Between(long minimum, long maximum)
    {
        var range = (ulong)((BigInteger)maximum - minimum);
        if (range <= int.MaxValue) return minimum + Between(0, (int)range);
        // Cut to the bits that the range needs and tried again above it, so that every value is equally likely.
        var mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(range);
        Span<byte> bytes = stackalloc byte[8];
        ulong drawn;
        do
        {
            Fill(bytes);
            drawn = BitConverter.ToUInt64(bytes) & mask;
        }
        while (drawn >= range);
        return (long)((double)minimum + drawn);
    }

    internal double Between(double minimum, double maximum)
    {
        double drawn;
        do
        {
            var fraction = Fraction();
            drawn = double.IsInfinity(maximum - minimum) ? minimum + fraction * maximum - fraction * minimum : minimum + fraction * (maximum - minimum);
        }
        while (drawn >= maximum);
        return drawn;
    }

    private double Fraction()
    {
        int drawn;
        do drawn = Four();
        while (drawn == int.MaxValue);
        return (drawn < 0 ? drawn + int.MaxValue : drawn) * (1.0 / int.MaxValue);
    }

    private int Four()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BitConverter.ToInt32(bytes);
    }

    private void Fill(Span<byte> bytes)
    {
        if (seeded is not null) seeded.NextBytes(bytes);
        else RandomNumberGenerator.Fill(bytes);
    }
}
