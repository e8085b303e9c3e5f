using System.Buffers;
using DLExperiments.Networks;

namespace DLExperiments.Data.Augmentations;

/// <summary>Where a pixel of the new picture comes from: old = M * (new - middle - shift) + middle, in x (to the right) and y (down).</summary>
internal readonly record struct AffineMap(double Xx, double Xy, double Yx, double Yy, double ShiftX, double ShiftY)
{
    // Places are fixed-point numbers of 1/65536 pixel, so that whole steps find whole pixels whatever the last bit of a sine says.
    private const int One = 1 << 16;

    /// <summary>Moves the pixels of a picture in place.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="fill">The value of pixels that come from outside.</param>
    /// <param name="nearest">Takes the nearest pixel, for masks, instead of the bilinear mean of four.</param>
    internal void Move(Span<float> item, Shape shape, float fill, bool nearest)
    {
        int channels = shape[0], height = shape[1], width = shape[2], plane = height * width;
        float[] room = ArrayPool<float>.Shared.Rent(item.Length);
        Span<float> old = room.AsSpan(0, item.Length);
        item.CopyTo(old);
        double middleX = (width - 1) / 2.0, middleY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++)
        {
            double v = y - middleY - ShiftY;
            for (int x = 0; x < width; x++)
            {
                double u = x - middleX - ShiftX;
                long fromX = Fixed(Xx * u + Xy * v + middleX), fromY = Fixed(Yx * u + Yy * v + middleY);
                if (nearest) (fromX, fromY) = ((fromX + One / 2) & -One, (fromY + One / 2) & -One);
                long left = fromX >> 16, top = fromY >> 16;
                float right = (fromX & (One - 1)) * (1f / One), down = (fromY & (One - 1)) * (1f / One);
                int to = y * width + x;
                if (left < -1 || top < -1 || left >= width || top >= height)
                {
                    for (int c = 0; c < channels; c++) item[c * plane + to] = fill;
                }
                else if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1)
                {
                    int at = (int)(top * width + left);
                    for (int c = 0; c < channels; c++, at += plane)
                    {
                        float upper = old[at] + (old[at + 1] - old[at]) * right, lower = old[at + width] + (old[at + width + 1] - old[at + width]) * right;
                        item[c * plane + to] = upper + (lower - upper) * down;
                    }
                }
                else
                {
                    for (int c = 0; c < channels; c++)
                    {
                        ReadOnlySpan<float> one = old.Slice(c * plane, plane);
                        float upper = Mix(At(one, top, left), right > 0 ? At(one, top, left + 1) : 0, right);
                        item[c * plane + to] = down > 0 ? Mix(upper, Mix(At(one, top + 1, left), right > 0 ? At(one, top + 1, left + 1) : 0, right), down) : upper;
                    }
                }
            }
        }
        ArrayPool<float>.Shared.Return(room);

        float At(ReadOnlySpan<float> one, long py, long px) => (ulong)px < (ulong)width && (ulong)py < (ulong)height ? one[(int)(py * width + px)] : fill;
    }

    private static long Fixed(double value) => (long)Math.Floor(value * One + 0.5);

    private static float Mix(float a, float b, float share) => a + (b - a) * share;
}
