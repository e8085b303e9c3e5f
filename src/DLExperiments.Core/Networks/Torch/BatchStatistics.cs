using System.Runtime.InteropServices;
using TorchSharp;

namespace DLExperiments.Networks.Torch;

/// <summary>Mean and variance of each channel of a batch.</summary>
internal sealed class BatchStatistics
{
    private readonly double[] variances;

    /// <param name="sums">For each channel the sum of the distances from a value near the mean.</param>
    /// <param name="squares">The sum of their squares.</param>
    /// <param name="near">That value.</param>
    /// <param name="count">How many numbers a channel has.</param>
    /// <param name="eps">ε, added to variances before the root.</param>
    internal BatchStatistics(double[] sums, double[] squares, float[] near, long count, double eps)
    {
        Count = count;
        Means = [.. sums.Select((s, k) => near[k] + (s / count))];
        variances = [.. sums.Select((s, k) => Math.Max(0, (squares[k] / count) - (s / count * (s / count))))];
        InverseDeviations = [.. variances.Select(v => 1 / Math.Sqrt(v + eps))];
    }

    /// <summary>How many numbers a channel has.</summary>
    internal long Count { get; }

    internal double[] Means { get; }

    /// <summary>1/√(variance + ε).</summary>
    internal double[] InverseDeviations { get; }

    /// <summary>Lets running statistics follow, the variance by its unbiased estimate.</summary>
    internal void Follow(torch.Tensor runningMeans, torch.Tensor runningVariances, double momentum)
    {
        Span<float> means = MemoryMarshal.Cast<byte, float>(runningMeans.bytes), spreads = MemoryMarshal.Cast<byte, float>(runningVariances.bytes);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] = (float)(((1 - momentum) * means[k]) + (momentum * Means[k]));
            spreads[k] = (float)(((1 - momentum) * spreads[k]) + (momentum * variances[k] * Count / (Count - 1)));
        }
    }
}
