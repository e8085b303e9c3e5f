using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// The passes over one image [height,width,channels] of a batch normalisation with a 2x2 max pooling after it. Channels come by eights and sides by twos.
/// </summary>
internal static unsafe class NormPool2x2Kernel
{
    private const int Lanes = 8;

    /// <summary>Whether this processor has what the kernels are written for.</summary>
    internal static bool IsSupported => MaxPool2x2Kernel.IsSupported && Fma.IsSupported;

    /// <summary>Whether images can be taken.</summary>
    internal static bool Takes(long channels, long height, long width) => channels % Lanes == 0 && height % 2 == 0 && width % 2 == 0;

    /// <summary>Sums of the distance from a value near the mean, and of its square, for each channel.</summary>
    /// <param name="x">The image.</param>
    /// <param name="near">A value for each channel.</param>
    /// <param name="sums">Gets the sums.</param>
    /// <param name="squares">Gets the sums of squares.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    internal static void Sum(float* x, float* near, float* sums, float* squares, int height, int width, int channels)
    {
        new Span<float>(sums, channels).Clear();
        new Span<float>(squares, channels).Clear();
        // Row by row, which stays in the cache while the channels take their turns; short sums of sums also round less than one long one.
        for (int i = 0; i < height; i++, x += (long)width * channels)
        {
            for (int k = 0; k < channels; k += Lanes)
            {
                Vector256<float> middle = Vector256.Load(near + k), s0 = default, s1 = default, q0 = default, q1 = default;
                float* at = x + k;
                for (int j = 0; j < width; j += 2, at += 2 * channels)
                {
                    Vector256<float> a = Vector256.Load(at) - middle, b = Vector256.Load(at + channels) - middle;
                    s0 += a;
                    s1 += b;
                    q0 = Fma.MultiplyAdd(a, a, q0);
                    q1 = Fma.MultiplyAdd(b, b, q1);
                }
                (Vector256.Load(sums + k) + s0 + s1).Store(sums + k);
                (Vector256.Load(squares + k) + q0 + q1).Store(squares + k);
            }
        }
    }

    /// <summary>Normalises and pools.</summary>
    /// <param name="x">The image.</param>
    /// <param name="scale">Factors of the channels.</param>
    /// <param name="shift">What is added to each.</param>
    /// <param name="y">Gets [height/2,width/2,channels] values.</param>
    /// <param name="places">Gets as many places, as <see cref="MaxPool2x2Kernel"/> counts them.</param>
    /// <param name="peaks">Gets the image's own values there.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="rectify">Whether a ReLU is between the two.</param>
    internal static void Pool(float* x, float* scale, float* shift, float* y, byte* places, float* peaks, int height, int width, int channels, bool rectify)
    {
        long row = (long)width * channels;
        for (int i = 0; i < height / 2; i++, x += 2 * row)
        {
            for (int j = 0; j < width / 2; j++, y += channels, places += channels, peaks += channels)
            {
                float* upper = x + ((long)2 * j * channels), lower = upper + row;
                for (int k = 0; k < channels; k += Lanes)
                {
                    Vector256<float> a = Vector256.Load(upper + k), b = Vector256.Load(upper + channels + k), c = Vector256.Load(lower + k), d = Vector256.Load(lower + channels + k);
                    Vector256<float> factor = Vector256.Load(scale + k), more = Vector256.Load(shift + k);
                    Vector256<int> place = MaxPool2x2Kernel.Largest(Fma.MultiplyAdd(a, factor, more), Fma.MultiplyAdd(b, factor, more),
                        Fma.MultiplyAdd(c, factor, more), Fma.MultiplyAdd(d, factor, more), y + k, places + k, rectify);
                    Vector256<float> peak = Vector256.ConditionalSelect(Vector256.Equals(place, Vector256.Create(1)).AsSingle(), b, a);
                    peak = Vector256.ConditionalSelect(Vector256.Equals(place, Vector256.Create(2)).AsSingle(), c, peak);
                    Vector256.ConditionalSelect(Vector256.Equals(place, Vector256.Create(3)).AsSingle(), d, peak).Store(peaks + k);
                }
            }
        }
    }

    /// <summary>Sums of the gradients that get through, and of their products with the distance of the image's value from the mean, for each channel.</summary>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="places">The places found.</param>
    /// <param name="peaks">The image's values there.</param>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="sums">Gets the sums.</param>
    /// <param name="products">Gets the sums of products.</param>
    /// <param name="points">How many windows the image has.</param>
    /// <param name="channels">Channels.</param>
    internal static void SumGradient(float* g, byte* places, float* peaks, float* mean, float* sums, float* products, int points, int channels)
    {
        for (int k = 0; k < channels; k += Lanes)
        {
            Vector256<float> middle = Vector256.Load(mean + k), s = default, p = default;
            for (int i = 0; i < points; i++)
            {
                int at = (i * channels) + k;
                Vector256<float> alive = Vector256.LessThan(MaxPool2x2Kernel.LoadPlaces(places + at), Vector256.Create(MaxPool2x2Kernel.Dead)).AsSingle() & Vector256.Load(g + at);
                s += alive;
                p = Fma.MultiplyAdd(alive, Vector256.Load(peaks + at) - middle, p);
            }
            s.Store(sums + k);
            p.Store(products + k);
        }
    }

    /// <summary>The gradient of the image: that of the place's value, if it got any, times a factor, plus a linear function of the value.</summary>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="places">The places found.</param>
    /// <param name="x">The image.</param>
    /// <param name="dx">Gets the gradient; every element is written.</param>
    /// <param name="factor">The factor of the gradient, for each channel.</param>
    /// <param name="slope">The factor of the value.</param>
    /// <param name="offset">The constant.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    internal static void Spread(float* g, byte* places, float* x, float* dx, float* factor, float* slope, float* offset, int height, int width, int channels)
    {
        long row = (long)width * channels;
        for (int i = 0; i < height / 2; i++, x += 2 * row, dx += 2 * row)
        {
            for (int j = 0; j < width / 2; j++, g += channels, places += channels)
            {
                long first = (long)2 * j * channels;
                for (int k = 0; k < channels; k += Lanes)
                {
                    Vector256<float> gradient = Vector256.Load(g + k) * Vector256.Load(factor + k), bend = Vector256.Load(slope + k), more = Vector256.Load(offset + k);
                    Vector256<int> place = MaxPool2x2Kernel.LoadPlaces(places + k);
                    long at = first + k;
                    (Fma.MultiplyAdd(Vector256.Load(x + at), bend, more) + MaxPool2x2Kernel.At(gradient, place, 0)).Store(dx + at);
                    at += channels;
                    (Fma.MultiplyAdd(Vector256.Load(x + at), bend, more) + MaxPool2x2Kernel.At(gradient, place, 1)).Store(dx + at);
                    at += row;
                    (Fma.MultiplyAdd(Vector256.Load(x + at), bend, more) + MaxPool2x2Kernel.At(gradient, place, 3)).Store(dx + at);
                    at -= channels;
                    (Fma.MultiplyAdd(Vector256.Load(x + at), bend, more) + MaxPool2x2Kernel.At(gradient, place, 2)).Store(dx + at);
                }
            }
        }
    }
}
