using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// Batch normalisation with the batch's statistics, optionally a ReLU, and max pooling of 2x2 windows, as one operation of autograd: no large tensor is written
/// between them, forward or back. For 32-bit numbers on the CPU, channels last.
/// </summary>
internal sealed unsafe class NormPool2x2 : autograd.SingleTensorFunction<NormPool2x2>
{
    /// <inheritdoc/>
    public override string Name => nameof(NormPool2x2);

    /// <summary>Whether a batch can be taken here, if need be after it has become one of 32-bit numbers; else the operations go one by one.</summary>
    /// <param name="input">The batch [N,C,H,W].</param>
    internal static bool TakesInFull(Tensor input) =>
        NormPool2x2Kernel.IsSupported && is_grad_enabled() && MaxPool2x2.TakesInFull(input) && !input.is_contiguous() && NormPool2x2Kernel.Takes(input.shape[1], input.shape[2], input.shape[3]);

    /// <summary>Normalises and pools a batch.</summary>
    /// <param name="input">The batch [N,C,H,W], channels last.</param>
    /// <param name="weight">The scale of each channel.</param>
    /// <param name="bias">The shift of each channel.</param>
    /// <param name="statistics">The batch's, from <see cref="Measure"/>.</param>
    /// <param name="rectify">Whether a ReLU is between the two.</param>
    /// <returns>[N,C,H/2,W/2], channels last.</returns>
    internal static Tensor Pool(Tensor input, Tensor weight, Tensor bias, BatchStatistics statistics, bool rectify) => apply(input, weight, bias, statistics, rectify);

    /// <summary>Means and variances of the channels of a batch; the same with any number of threads.</summary>
    /// <param name="input">The batch [N,C,H,W], channels last.</param>
    /// <param name="eps">What is added to variances before the root.</param>
    internal static BatchStatistics Measure(Tensor input, double eps)
    {
        (int n, int c, int height, int width) = Sizes(input);
        int plane = height * width;
        float[] near = new float[c];
        using Tensor images = MaxPool2x2.Arrange(input, channelsLast: true), partial = empty([2, n, c]);
        fixed (byte* x = images.bytes, s = partial.bytes)
        fixed (float* middle = near)
        {
            (nint from, nint sums, nint about) = ((nint)x, (nint)s, (nint)middle);
            // Distances from the first image's mean: squares of the values themselves would drown a small variance.
            NormPool2x2Kernel.Sum((float*)from, (float*)about, (float*)sums, (float*)sums + ((long)n * c), height, width, c);
            for (int k = 0; k < c; k++) near[k] = ((float*)sums)[k] / plane;
            MaxPool2x2.Share(n, c * plane, i => NormPool2x2Kernel.Sum((float*)from + ((long)i * c * plane), (float*)about,
                (float*)sums + ((long)i * c), (float*)sums + ((long)(n + i) * c), height, width, c));
            return new BatchStatistics(Add((float*)sums, n, c), Add((float*)sums + ((long)n * c), n, c), near, (long)n * plane, eps);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor input, Tensor weight, Tensor bias, BatchStatistics statistics) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (BatchStatistics)vars[3]);
        bool rectify = (bool)vars[4];
        (int n, int c, int height, int width) = Sizes(input);
        int plane = height * width, pooled = plane / 4;
        using Tensor images = MaxPool2x2.Arrange(input, channelsLast: true);
        Tensor result = empty([n, height / 2, width / 2, c]), peaks = empty(result.shape), places = empty(result.shape, ScalarType.Byte);
        float[] scale = new float[c], shift = new float[c];
        ReadOnlySpan<float> gamma = Values(weight), beta = Values(bias);
        for (int k = 0; k < c; k++)
        {
            double factor = gamma[k] * statistics.InverseDeviations[k];
            (scale[k], shift[k]) = ((float)factor, (float)(beta[k] - (statistics.Means[k] * factor)));
        }
        fixed (byte* x = images.bytes, y = result.bytes, p = peaks.bytes, at = places.bytes)
        fixed (float* factors = scale, shifts = shift)
        {
            (nint from, nint to, nint kept, nint where, nint multiply, nint add) = ((nint)x, (nint)y, (nint)p, (nint)at, (nint)factors, (nint)shifts);
            MaxPool2x2.Share(n, c * plane, i => NormPool2x2Kernel.Pool((float*)from + ((long)i * c * plane), (float*)multiply, (float*)add, (float*)to + ((long)i * c * pooled),
                (byte*)where + ((long)i * c * pooled), (float*)kept + ((long)i * c * pooled), height, width, c, rectify));
        }
        ctx.save_for_backward([input, weight, peaks, places]);
        ctx.save_data("statistics", statistics);
        return MaxPool2x2.InOrder(result, channelsLast: true);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var statistics = (BatchStatistics)ctx.get_data("statistics");
        List<Tensor> saved = ctx.get_saved_variables();
        using Tensor input = saved[0], weight = saved[1], peaks = saved[2], places = saved[3];
        (int n, int c, int height, int width) = Sizes(input);
        int plane = height * width, pooled = plane / 4;
        using Tensor images = MaxPool2x2.Arrange(input, channelsLast: true), gradient = MaxPool2x2.Arrange(grad_output, channelsLast: true), partial = empty([2, n, c]);
        Tensor spread = empty([n, height, width, c]), forWeight = empty([c]), forBias = empty([c]);
        float[] means = [.. statistics.Means.Select(m => (float)m)], factor = new float[c], slope = new float[c], offset = new float[c];
        fixed (byte* x = images.bytes, g = gradient.bytes, p = peaks.bytes, at = places.bytes, s = partial.bytes, dx = spread.bytes)
        fixed (float* mean = means, factors = factor, slopes = slope, offsets = offset)
        {
            (nint from, nint given, nint kept, nint where, nint sums, nint to) = ((nint)x, (nint)g, (nint)p, (nint)at, (nint)s, (nint)dx);
            (nint middle, nint multiply, nint bend, nint add) = ((nint)mean, (nint)factors, (nint)slopes, (nint)offsets);
            MaxPool2x2.Share(n, c * plane, i => NormPool2x2Kernel.SumGradient((float*)given + ((long)i * c * pooled), (byte*)where + ((long)i * c * pooled),
                (float*)kept + ((long)i * c * pooled), (float*)middle, (float*)sums + ((long)i * c), (float*)sums + ((long)(n + i) * c), pooled, c));
            double[] all = Add((float*)sums, n, c), products = Add((float*)sums + ((long)n * c), n, c);
            Span<float> weightGradient = Values(forWeight), biasGradient = Values(forBias);
            ReadOnlySpan<float> gamma = Values(weight);
            for (int k = 0; k < c; k++)
            {
                // dx = γ/σ (dy − mean(dy) − x̂ mean(dy x̂)) with x̂ = (x − μ)/σ.
                double inverse = statistics.InverseDeviations[k], scale = gamma[k] * inverse, ofWeight = products[k] * inverse;
                double tilt = -scale * inverse * ofWeight / statistics.Count;
                (biasGradient[k], weightGradient[k]) = ((float)all[k], (float)ofWeight);
                (factor[k], slope[k], offset[k]) = ((float)scale, (float)tilt, (float)((-scale * all[k] / statistics.Count) - (tilt * means[k])));
            }
            MaxPool2x2.Share(n, c * plane, i => NormPool2x2Kernel.Spread((float*)given + ((long)i * c * pooled), (byte*)where + ((long)i * c * pooled),
                (float*)from + ((long)i * c * plane), (float*)to + ((long)i * c * plane), (float*)multiply, (float*)bend, (float*)add, height, width, c));
        }
        // One gradient for each argument; the last two are no tensors.
        return [MaxPool2x2.InOrder(spread, channelsLast: true), forWeight, forBias, null!, null!];
    }

    private static (int N, int C, int Height, int Width) Sizes(Tensor images)
    {
        long[] sizes = images.shape;
        return ((int)sizes[0], (int)sizes[1], (int)sizes[2], (int)sizes[3]);
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The sums of images added up in their order, whoever made them.</summary>
    private static double[] Add(float* sums, int images, int channels)
    {
        double[] all = new double[channels];
        for (int i = 0; i < images; i++)
            for (int k = 0; k < channels; k++) all[k] += sums[((long)i * channels) + k];
        return all;
    }
}
