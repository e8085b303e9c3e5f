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
