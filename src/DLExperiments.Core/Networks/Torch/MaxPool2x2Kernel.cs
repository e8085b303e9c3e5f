using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLExperiments.Networks.Torch;

/// <summary>
/// The largest value of each 2x2 window with stride 2, optionally of what a ReLU leaves of the input, and its gradient, one plane or image
/// at a time. Of equal values the first in reading order counts, a NaN counts as the largest, and a last odd row or column is left out: as in
/// libtorch, whose contiguous kernel computes one value at a time and whose places take eight bytes each where these take one.
/// </summary>
internal static unsafe class MaxPool2x2Kernel
{
    /// <summary>The place that stands for a window of which ReLU leaves nothing: no input gets a gradient.</summary>
    internal const int Dead = 4;

    /// <summary>Whether this processor has what the kernels are written for.</summary>
    internal static bool IsSupported => Avx2.IsSupported;

    /// <summary>Pools one plane [height,width].</summary>
    /// <param name="x">The plane.</param>
    /// <param name="y">Gets [height/2,width/2] values.</param>
    /// <param name="places">Gets as many places: 0 and 1 in the window's upper row, 2 and 3 in the lower; 4 for none.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rectify">Whether a ReLU comes first.</param>
    internal static void PoolPlane(float* x, float* y, byte* places, int height, int width, bool rectify)
    {
        int w = width / 2;
        for (int i = 0; i < height / 2; i++, x += 2 * width, y += w, places += w)
        {
            float* upper = x, lower = x + width;
            int j = 0;
            // The last vector of a row overlaps the one before it: the same values are written twice.
            for (; w >= 8 && j < w; j = j + 8 < w ? Math.Min(j + 8, w - 8) : w)
            {
                (Vector256<float> a, Vector256<float> b) = Split(upper + (2 * j));
                (Vector256<float> c, Vector256<float> d) = Split(lower + (2 * j));
                Largest(a, b, c, d, y + j, places + j, rectify);
            }
            for (; j < w; j++) Largest(upper[2 * j], upper[(2 * j) + 1], lower[2 * j], lower[(2 * j) + 1], y + j, places + j, rectify);
        }
    }

    /// <summary>The gradient of <see cref="PoolPlane"/>; every element of the plane is written.</summary>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="places">The places found.</param>
    /// <param name="dx">Gets the gradient of the plane.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    internal static void SpreadPlane(float* g, byte* places, float* dx, int height, int width)
    {
        int w = width / 2;
        for (int i = 0; i < height / 2; i++, dx += 2 * width, g += w, places += w)
        {
            float* upper = dx, lower = dx + width;
            int j = 0;
            for (; w >= 8 && j < w; j = j + 8 < w ? Math.Min(j + 8, w - 8) : w)
            {
                Vector256<float> gradient = Vector256.Load(g + j);
                Vector256<int> place = LoadPlaces(places + j);
                Join(At(gradient, place, 0), At(gradient, place, 1), upper + (2 * j));
                Join(At(gradient, place, 2), At(gradient, place, 3), lower + (2 * j));
            }
            for (; j < w; j++)
            {
                upper[2 * j] = places[j] == 0 ? g[j] : 0;
                upper[(2 * j) + 1] = places[j] == 1 ? g[j] : 0;
                lower[2 * j] = places[j] == 2 ? g[j] : 0;
                lower[(2 * j) + 1] = places[j] == 3 ? g[j] : 0;
            }
            if (width % 2 == 1) upper[width - 1] = lower[width - 1] = 0;
        }
        if (height % 2 == 1) new Span<float>(dx, width).Clear();
    }

    /// <summary>Pools one image [height,width,channels].</summary>
    /// <param name="x">The image, channels last.</param>
    /// <param name="y">Gets [height/2,width/2,channels] values.</param>
    /// <param name="places">Gets as many places.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="rectify">Whether a ReLU comes first.</param>
    internal static void PoolImage(float* x, float* y, byte* places, int height, int width, int channels, bool rectify)
    {
        for (int i = 0; i < height / 2; i++)
        {
            for (int j = 0; j < width / 2; j++, y += channels, places += channels)
            {
                float* upper = x + ((((long)2 * i * width) + (2 * j)) * channels), lower = upper + ((long)width * channels);
                int k = 0;
                for (; channels >= 8 && k < channels; k = k + 8 < channels ? Math.Min(k + 8, channels - 8) : channels)
                {
                    Largest(Vector256.Load(upper + k), Vector256.Load(upper + channels + k), Vector256.Load(lower + k), Vector256.Load(lower + channels + k),
                        y + k, places + k, rectify);
                }
                for (; k < channels; k++) Largest(upper[k], upper[channels + k], lower[k], lower[channels + k], y + k, places + k, rectify);
            }
        }
    }

    /// <summary>The gradient of <see cref="PoolImage"/>; every element of the image is written.</summary>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="places">The places found.</param>
    /// <param name="dx">Gets the gradient of the image.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    internal static void SpreadImage(float* g, byte* places, float* dx, int height, int width, int channels)
    {
        long row = (long)width * channels;
        for (int i = 0; i < height / 2; i++)
        {
            for (int j = 0; j < width / 2; j++, g += channels, places += channels)
            {
                float* upper = dx + (2 * i * row) + ((long)2 * j * channels), lower = upper + row;
                int k = 0;
                for (; channels >= 8 && k < channels; k = k + 8 < channels ? Math.Min(k + 8, channels - 8) : channels)
                {
                    Vector256<float> gradient = Vector256.Load(g + k);
                    Vector256<int> place = LoadPlaces(places + k);
                    At(gradient, place, 0).Store(upper + k);
                    At(gradient, place, 1).Store(upper + channels + k);
                    At(gradient, place, 2).Store(lower + k);
                    At(gradient, place, 3).Store(lower + channels + k);
                }
                for (; k < channels; k++)
                {
                    upper[k] = places[k] == 0 ? g[k] : 0;
                    upper[channels + k] = places[k] == 1 ? g[k] : 0;
                    lower[k] = places[k] == 2 ? g[k] : 0;
                    lower[channels + k] = places[k] == 3 ? g[k] : 0;
                }
            }
            if (width % 2 == 0) continue;
            for (int r = 0; r < 2; r++) new Span<float>(dx + (((2 * i) + r + 1) * row) - channels, channels).Clear();
        }
        if (height % 2 == 1) new Span<float>(dx + ((height - 1) * row), (int)row).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Largest(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* y, byte* places, bool rectify)
    {
        Vector256<int> place = Vector256<int>.Zero;
        Vector256<float> most = a;
        Take(b, 1, ref most, ref place);
        Take(c, 2, ref most, ref place);
        Take(d, 3, ref most, ref place);
        if (rectify)
        {
            Vector256<float> nothing = Vector256.LessThanOrEqual(most, Vector256<float>.Zero);
            most = Vector256.AndNot(most, nothing);
            place = Vector256.ConditionalSelect(nothing.AsInt32(), Vector256.Create(Dead), place);
        }
        most.Store(y);
        Vector128<short> narrow = Vector128.Narrow(place.GetLower(), place.GetUpper());
        *(ulong*)places = Vector128.Narrow(narrow, narrow).AsUInt64().ToScalar();
        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector256<float> next, int number, ref Vector256<float> most, ref Vector256<int> place)
    {
        // Greater, or NaN: only NaN differs from itself.
        Vector256<float> greater = Vector256.GreaterThan(next, most) | ~Vector256.Equals(next, next);
        most = Vector256.ConditionalSelect(greater, next, most);
        place = Vector256.ConditionalSelect(greater.AsInt32(), Vector256.Create(number), place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Largest(float a, float b, float c, float d, float* y, byte* place, bool rectify)
    {
        (float most, int at) = (a, 0);
        if (b > most || float.IsNaN(b)) (most, at) = (b, 1);
        if (c > most || float.IsNaN(c)) (most, at) = (c, 2);
        if (d > most || float.IsNaN(d)) (most, at) = (d, 3);
        if (rectify && most <= 0) (most, at) = (0, Dead);
        *y = most;
        *place = (byte)at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> LoadPlaces(byte* places) => Avx2.ConvertToVector256Int32(places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> At(Vector256<float> gradient, Vector256<int> place, int number) =>
        gradient & Vector256.Equals(place, Vector256.Create(number)).AsSingle();

    /// <summary>16 neighbours as those at even and those at odd places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(float* row)
    {
        Vector256<float> first = Vector256.Load(row), second = Vector256.Load(row + 8);
        return (Avx2.Permute4x64(Avx.Shuffle(first, second, 0x88).AsDouble(), 0xD8).AsSingle(),
            Avx2.Permute4x64(Avx.Shuffle(first, second, 0xDD).AsDouble(), 0xD8).AsSingle());
    }

    /// <summary>The reverse of <see cref="Split"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector256<float> even, Vector256<float> odd, float* row)
    {
        Vector256<float> low = Avx.UnpackLow(even, odd), high = Avx.UnpackHigh(even, odd);
        Avx.Permute2x128(low, high, 0x20).Store(row);
        Avx.Permute2x128(low, high, 0x31).Store(row + 8);
    }
}
