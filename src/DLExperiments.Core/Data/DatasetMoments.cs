using DLExperiments.Data.Transforms;

namespace DLExperiments.Data;

/// <summary>Mean and standard deviation of the numbers of a column.</summary>
internal static class DatasetMoments
{
    internal static (double Mean, double Deviation) Of(DataColumn column, int[] rows)
    {
        double sum = 0, squares = 0;
        long count = 0;
        // About the first value, so that numbers far from zero lose no digits.
        double? origin = null;
        foreach (ReadOnlyMemory<float> chunk in new FeatureReader(column, rows, []).ReadChunks())
        {
            foreach (float value in chunk.Span)
            {
                if (float.IsNaN(value)) continue;
                double distance = value - (origin ??= value);
                sum += distance;
                squares += distance * distance;
                count++;
            }
        }
        double mean = sum / count;
        return ((origin ?? double.NaN) + mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }
}
