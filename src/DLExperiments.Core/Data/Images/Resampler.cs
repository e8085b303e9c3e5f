using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DLExperiments.Data.Images;

/// <summary>
/// Changes the size of planes by bilinear interpolation with anti-aliasing: a triangle filter, widened when the picture shrinks so that
/// every old pixel counts; separable, columns before rows.
/// </summary>
internal sealed class Resampler
{
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

    /// <summary>Resamples pixels of red, green, blue and something that is left out.</summary>
    /// <param name="source">[height, width, 4].</param>
    /// <param name="destination">[3, newHeight, newWidth], rounded.</param>
    internal void ApplyPixels(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        float[] narrow = ArrayPool<float>.Shared.Rent(4 * height * newWidth), line = ArrayPool<float>.Shared.Rent(4 * newWidth);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(source.Slice(4 * y * width, 4 * width));
            for (int x = 0; x < newWidth; x++)
            {
                (int start, float[] weights) = columns[x];
                Vector128<float> sum = Vector128<float>.Zero;
                for (int k = 0; k < weights.Length; k++) sum += Widen(pixels[start + k]) * weights[k];
                sum.CopyTo(narrow, 4 * (y * newWidth + x));
            }
        }
        int plane = newHeight * newWidth;
        Span<float> all = line.AsSpan(0, 4 * newWidth);
        for (int y = 0; y < newHeight; y++)
        {
            all.Clear();
            (int start, float[] weights) = rows[y];
            for (int k = 0; k < weights.Length; k++) AddTimes(all, narrow.AsSpan(4 * (start + k) * newWidth, all.Length), weights[k]);
            for (int x = 0; x < newWidth; x++)
                for (int c = 0; c < 3; c++)
                    destination[c * plane + y * newWidth + x] = (byte)Math.Clamp(MathF.Round(all[4 * x + c]), 0, 255);
        }
        ArrayPool<float>.Shared.Return(narrow);
        ArrayPool<float>.Shared.Return(line);
    }

    private static Vector128<float> Widen(uint pixel) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32());

    private static void AddTimes(Span<float> to, ReadOnlySpan<float> from, float weight)
    {
        int i = 0;
        for (var by = new Vector<float>(weight); i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(to[i..]) + new Vector<float>(from[i..]) * by).CopyTo(to[i..]);
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
            double[] weights = [.. Enumerable.Range(from, to - from).Select(x => Math.Max(0, 1 - Math.Abs((x - centre + 0.5) / reach)))];
            double sum = weights.Sum();
            all[i] = (from, Array.ConvertAll(weights, w => (float)(w / sum)));
        }
        return all;
    }
}
