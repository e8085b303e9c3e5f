using System.Numerics;

namespace DLExperiments.Data.Audio;

/// <summary>The discrete Fourier transform of a power of two of numbers, in place: decimation in time, radix 2 (Cooley, Tukey 1965).</summary>
internal sealed class FourierTransform
{
    private readonly Complex[] roots;
    private readonly int[] reversed;

    /// <summary>Prepares for one size.</summary>
    /// <param name="size">A power of two.</param>
    internal FourierTransform(int size)
    {
        if (!BitOperations.IsPow2(size)) throw new ArgumentException($"{size} is no power of two.", nameof(size));
        Size = size;
        // Each root by itself: repeated multiplication would lose a digit every few hundred steps.
        roots = [.. Enumerable.Range(0, size / 2).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / size))];
        reversed = new int[size];
        for (int i = 1; i < size; i++) reversed[i] = reversed[i >> 1] >> 1 | ((i & 1) == 0 ? 0 : size >> 1);
    }

    internal int Size { get; }

    /// <summary>X[k] = sum over n of x[n] exp(-2 pi i k n / Size).</summary>
    internal void Apply(Span<Complex> values)
    {
        for (int i = 0; i < Size; i++)
            if (i < reversed[i]) (values[i], values[reversed[i]]) = (values[reversed[i]], values[i]);
        for (int half = 1; half < Size; half *= 2)
            for (int start = 0; start < Size; start += 2 * half)
                for (int k = 0; k < half; k++)
                {
                    Complex odd = values[start + half + k] * roots[k * (Size / (2 * half))], even = values[start + k];
                    values[start + k] = even + odd;
                    values[start + half + k] = even - odd;
                }
    }
}
