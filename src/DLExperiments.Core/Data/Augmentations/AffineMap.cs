using System.Buffers;
using DLExperiments.Networks;

namespace DLExperiments.Data.Augmentations;

/// <summary>Where a pixel of the new picture comes from: old = M * (new - middle - shift) + middle, in x (to the right) and y (down).</summary>
internal readonly record struct AffineMap(double Xx, double Xy, double Yx, double Yy, double ShiftX, double ShiftY)
{
    // Places are fixed-point numbers of 2^-32 pixel, so that whole steps find whole pixels whatever the last bit of a sine says.
    private const double One = 1L << 32;

    /// <summary>Moves the pixels of a picture in place.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="fill">The value of pixels that come from outside.</param>
    /// <param name="nearest">Takes the nearest pixel, for masks, instead of the bilinear mean of four.</param>
    internal unsafe void Move(Span<float> item, Shape shape, float fill, bool nearest)
    {
        int channels = shape[0], height = shape[1], width = shape[2], plane = height * width;
        float[] room = ArrayPool<float>.Shared.Rent(item.Length);
        item.CopyTo(room);
        double middleX = (width - 1) / 2.0, middleY = (height - 1) / 2.0;
        long stepX = Fixed(Xx), stepY = Fixed(Yx), half = nearest ? 1L << 31 : 0;
        fixed (float* old = room, made = item)
        {
            for (int y = 0; y < height; y++)
            {
                double u = -middleX - ShiftX, v = y - middleY - ShiftY;
                long fromX = Fixed(Xx * u + Xy * v + middleX) + half, fromY = Fixed(Yx * u + Yy * v + middleY) + half;
                float* to = made + y * width;
                for (int x = 0; x < width; x++, to++, fromX += stepX, fromY += stepY)
                {
                    int left = (int)(fromX >> 32), top = (int)(fromY >> 32);
                    float right = nearest ? 0 : (uint)fromX * (float)(1 / One), down = nearest ? 0 : (uint)fromY * (float)(1 / One);
                    if ((uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1))
                    {
                        float* at = old + top * width + left;
                        for (int c = 0; c < channels; c++, at += plane)
                        {
                            float upper = at[0] + (at[1] - at[0]) * right, lower = at[width] + (at[width + 1] - at[width]) * right;
                            to[c * plane] = upper + (lower - upper) * down;
                        }
                    }
                    else Edge(old, to, channels, height, width, top, left, down, right, fill);
                }
            }
        }
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>One pixel of which at least one of the four that it comes from may lie outside.</summary>
    private static unsafe void Edge(float* old, float* to, int channels, int height, int width, int top, int left, float down, float right, float fill)
    {
        int plane = height * width;
        for (int c = 0; c < channels; c++, old += plane)
        {
            float upper = Mix(At(top, left), right > 0 ? At(top, left + 1) : 0, right);
            to[c * plane] = down > 0 ? Mix(upper, Mix(At(top + 1, left), right > 0 ? At(top + 1, left + 1) : 0, right), down) : upper;
        }

        float At(int y, int x) => (uint)x < (uint)width && (uint)y < (uint)height ? old[y * width + x] : fill;
    }

    private static long Fixed(double value) => (long)Math.Floor(value * One + 0.5);

    private static float Mix(float a, float b, float share) => share > 0 ? a + (b - a) * share : a;
}
