using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DLExperiments.Data.Images;

/// <summary>
/// Changes the size of planes by bilinear interpolation with anti-aliasing: a triangle filter, widened when the picture shrinks so that
/// every old pixel counts; separable, columns before rows.
/// </summary>
internal sealed class Resampler
{
    // Adding and taking away 1.5 * 2^23 leaves the nearest whole number, halves to even, as MathF.Round does.
    private static readonly Vector128<float> Rounding = Vector128.Create(12582912f);

    private readonly int height, width, newHeight, newWidth;
    private readonly (int From, float[] Weights)[] rows, columns;

    internal Resampler(int height, int width, int newHeight, int newWidth)
    {
        (this.height, this.width, this.newHeight, this.newWidth) = (height, width, newHeight, newWidth);
        rows = Weights(height, newHeight);
        columns = Weights(width, newWidth);
    }

    /// <summary>Resamples planes.</summary>
    /// <param name="source">[planes, height, width].</param>
    /// <param name="destination">[planes, newHeight, newWidth].</param>
    /// <param name="planes">How many.</param>
    internal void Apply(ReadOnlySpan<float> source, Span<float> destination, int planes)
    {
        float[] narrow = new float[height * newWidth];
        for (int p = 0; p < planes; p++)
        {
            ReadOnlySpan<float> from = source.Slice(p * height * width, height * width);
            Span<float> to = destination.Slice(p * newHeight * newWidth, newHeight * newWidth);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < newWidth; x++)
                {
                    (int start, float[] weights) = columns[x];
                    float sum = 0;
                    for (int k = 0; k < weights.Length; k++) sum += from[y * width + start + k] * weights[k];
                    narrow[y * newWidth + x] = sum;
                }
            to.Clear();
            for (int y = 0; y < newHeight; y++)
            {
                (int start, float[] weights) = rows[y];
                Span<float> line = to.Slice(y * newWidth, newWidth);
                for (int k = 0; k < weights.Length; k++)
                {
                    ReadOnlySpan<float> old = narrow.AsSpan((start + k) * newWidth, newWidth);
                    for (int x = 0; x < line.Length; x++) line[x] += old[x] * weights[k];
                }
            }
        }
    }

    /// <summary>Gives a row of pixels: red, green, blue and something that is left out.</summary>
    /// <param name="y">Which row; they are asked for from the top, each once.</param>
    internal delegate ReadOnlySpan<byte> PixelRow(int y);

    /// <summary>Resamples pixels row by row as they are decoded, so that a large picture never lies in memory as a whole.</summary>
    /// <param name="source">The rows; an empty one ends it.</param>
    /// <param name="destination">[3, newHeight, newWidth], rounded.</param>
    /// <returns>Whether all rows were there.</returns>
    internal bool ApplyPixels(PixelRow source, Span<byte> destination)
    {
        int line = 4 * newWidth, deep = (int)Math.Ceiling(2 * Math.Max(1, (double)newHeight / height)) + 3;
        float[] wide = ArrayPool<float>.Shared.Rent(4 * width), narrow = ArrayPool<float>.Shared.Rent(line), sums = ArrayPool<float>.Shared.Rent(deep * line);
        Array.Clear(sums, 0, deep * line);
        bool whole = true;
        // Rows of the result from first on still wait for rows of the source; up to deep of them at a time.
        for (int y = 0, first = 0; y < height && first < newHeight; y++)
        {
            ReadOnlySpan<byte> pixels = source(y);
            if (pixels.IsEmpty)
            {
                whole = false;
                break;
            }
            Widen(pixels, wide);
            Narrow(wide.AsSpan(0, 4 * width), narrow.AsSpan(0, line));
            for (int to = first; to < newHeight && rows[to].From <= y; to++)
            {
                (int from, float[] weights) = rows[to];
                Span<float> sum = sums.AsSpan(to % deep * line, line);
                if (y < from + weights.Length) AddTimes(sum, narrow.AsSpan(0, line), weights[y - from]);
                if (y < from + weights.Length - 1 || to != first) continue;
                Finish(sum, destination, to);
                sum.Clear();
                first++;
            }
        }
        ArrayPool<float>.Shared.Return(wide);
        ArrayPool<float>.Shared.Return(narrow);
        ArrayPool<float>.Shared.Return(sums);
        return whole;
    }

    // With pointers: the bounds checks of so short sums would cost more than the sums.
    private unsafe void Narrow(ReadOnlySpan<float> wide, Span<float> narrow)
    {
        fixed (float* pixels = wide, to = narrow)
        {
            for (int x = 0; x < newWidth; x++)
            {
                (int start, float[] weights) = columns[x];
                float* under = pixels + 4 * start;
                Vector128<float> sum = Vector128<float>.Zero;
                foreach (float weight in weights)
                {
                    sum += Vector128.Load(under) * weight;
                    under += 4;
                }
                sum.Store(to + 4 * x);
            }
        }
    }

    private void Finish(ReadOnlySpan<float> sum, Span<byte> destination, int y)
    {
        int plane = newHeight * newWidth;
        Span<byte> red = destination.Slice(y * newWidth, newWidth), green = destination.Slice(plane + y * newWidth, newWidth), blue = destination.Slice(2 * plane + y * newWidth, newWidth);
        ReadOnlySpan<Vector128<float>> sums = MemoryMarshal.Cast<float, Vector128<float>>(sum);
        for (int x = 0; x < sums.Length; x++)
        {
            Vector128<int> rounded = Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(sums[x], Vector128<float>.Zero), Vector128.Create(255f)) + Rounding - Rounding);
            red[x] = (byte)rounded[0];
            green[x] = (byte)rounded[1];
            blue[x] = (byte)rounded[2];
        }
    }

    private static unsafe void Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        int i = 0;
        fixed (byte* source = from)
        fixed (float* made = to)
        {
            for (; i <= from.Length - 16; i += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Load(source + i));
                (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
                (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
                Vector128.ConvertToSingle(a.AsInt32()).Store(made + i);
                Vector128.ConvertToSingle(b.AsInt32()).Store(made + i + 4);
                Vector128.ConvertToSingle(c.AsInt32()).Store(made + i + 8);
                Vector128.ConvertToSingle(d.AsInt32()).Store(made + i + 12);
            }
        }
        for (; i < from.Length; i++) to[i] = from[i];
    }

    private static unsafe void AddTimes(Span<float> to, ReadOnlySpan<float> from, float weight)
    {
        int i = 0;
        fixed (float* sums = to, values = from)
        {
            for (; i <= to.Length - 8; i += 8) (Vector256.Load(sums + i) + Vector256.Load(values + i) * weight).Store(sums + i);
        }
        for (; i < to.Length; i++) to[i] += from[i] * weight;
    }

    private static (int From, float[] Weights)[] Weights(int size, int newSize)
    {
        double scale = (double)size / newSize, reach = Math.Max(scale, 1);
        var all = new (int, float[])[newSize];
        for (int i = 0; i < newSize; i++)
        {
            double centre = (i + 0.5) * scale;
            int from = Math.Max(0, (int)(centre - reach + 0.5)), to = Math.Min(size, (int)(centre + reach + 0.5));
            double sum = 0;
            for (int x = from; x < to; x++) sum += Weight(x);
            float[] weights = new float[to - from];
            for (int x = from; x < to; x++) weights[x - from] = (float)(Weight(x) / sum);
            all[i] = (from, weights);

            double Weight(int x) => Math.Max(0, 1 - Math.Abs((x - centre + 0.5) / reach));
        }
        return all;
    }
}
