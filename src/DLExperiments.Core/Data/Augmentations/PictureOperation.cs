using System.Buffers;
using DLExperiments.Networks;

namespace DLExperiments.Data.Augmentations;

/// <summary>One of the operations that RandAugment and TrivialAugment choose from, on pictures in [0,1].</summary>
/// <param name="Name">Its name, as in torchvision.</param>
/// <param name="Usual">Its strongest magnitude in RandAugment.</param>
/// <param name="Wide">Its strongest magnitude in TrivialAugmentWide.</param>
/// <param name="IsSigned">Whether half of the time the magnitude is negative.</param>
/// <param name="Map">For one that moves pixels: where they come from, given magnitude and shape.</param>
/// <param name="Change">For one that changes values: what it does, given the picture, the number of pixels and the magnitude.</param>
internal sealed record PictureOperation(string Name, double Usual, double Wide, bool IsSigned, Func<double, Shape, AffineMap>? Map, PictureOperation.ValueChange? Change)
{
    /// <summary>Changes the values of a picture in place.</summary>
    internal delegate void ValueChange(Span<float> item, Shape shape, double magnitude);

    /// <summary>The fourteen operations of Cubuk et al. 2020 (RandAugment), in its order.</summary>
    internal static readonly PictureOperation[] All =
    [
        new("Identity", 0, 0, false, null, (_, _, _) => { }),
        Moving("ShearX", .3, .99, (m, _) => new AffineMap(1, m, 0, 1, 0, 0)),
        Moving("ShearY", .3, .99, (m, _) => new AffineMap(1, 0, m, 1, 0, 0)),
        // Of pictures of 331 pixels 150; wide: 32 pixels whatever the size, at most the whole.
        Moving("TranslateX", 150.0 / 331, 32, (m, s) => new AffineMap(1, 0, 0, 1, Math.Round(Pixels(m, s[2])), 0)),
        Moving("TranslateY", 150.0 / 331, 32, (m, s) => new AffineMap(1, 0, 0, 1, 0, Math.Round(Pixels(m, s[1])))),
        Moving("Rotate", 30, 135, (m, _) => Turn(m)),
        Changing("Brightness", .9, .99, true, (item, _, m) => PictureColors.Blend(item, 0, (float)(1 + m))),
        Changing("Color", .9, .99, true, Saturate),
        Changing("Contrast", .9, .99, true, (item, shape, m) => PictureColors.Blend(item, PictureColors.MeanGrey(item, shape[1] * shape[2]), (float)(1 + m))),
        Changing("Sharpness", .9, .99, true, Sharpen),
        // How many of eight bits are taken away.
        Changing("Posterize", 4, 6, false, (item, _, m) => Posterize(item, 8 - (int)Math.Round(m))),
        // How far below 1 the values begin that are turned around.
        Changing("Solarize", 1, 1, false, (item, _, m) => Solarize(item, (float)(1 - m))),
        Changing("AutoContrast", 0, 0, false, (item, shape, _) => EachPlane(item, shape, Stretch)),
        Changing("Equalize", 0, 0, false, (item, shape, _) => EachPlane(item, shape, Equalize)),
    ];

    private static PictureOperation Moving(string name, double usual, double wide, Func<double, Shape, AffineMap> map) => new(name, usual, wide, true, map, null);

    private static PictureOperation Changing(string name, double usual, double wide, bool signed, ValueChange change) => new(name, usual, wide, signed, null, change);

    private static double Pixels(double magnitude, int size) => Math.Abs(magnitude) < 1 ? magnitude * size : Math.Clamp(magnitude, -size, size);

    private static AffineMap Turn(double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new AffineMap(cosine, -sine, sine, cosine, 0, 0);
    }

    private static void Saturate(Span<float> item, Shape shape, double magnitude)
    {
        int plane = shape[1] * shape[2];
        if (item.Length == 3 * plane) PictureColors.Saturate(item, plane, (float)(1 + magnitude));
    }

    // Away from, or towards, the picture smoothed by 1 1 1, 1 5 1, 1 1 1 over 13; the border stays, as in Pillow.
    private static void Sharpen(Span<float> item, Shape shape, double magnitude)
    {
        int height = shape[1], width = shape[2];
        float[] room = ArrayPool<float>.Shared.Rent(item.Length);
        Span<float> old = room.AsSpan(0, item.Length);
        item.CopyTo(old);
        for (int c = 0; c < shape[0]; c++)
            for (int y = 1; y < height - 1; y++)
                for (int x = 1; x < width - 1; x++)
                {
                    int at = (c * height + y) * width + x;
                    float sum = 4 * old[at];
                    for (int dy = -width; dy <= width; dy += width) sum += old[at + dy - 1] + old[at + dy] + old[at + dy + 1];
                    float smooth = sum / 13;
                    item[at] = Math.Clamp(smooth + (old[at] - smooth) * (float)(1 + magnitude), 0, 1);
                }
        ArrayPool<float>.Shared.Return(room);
    }

    private static void Posterize(Span<float> item, int bits)
    {
        int mask = 0xFF00 >> bits & 0xFF;
        for (int i = 0; i < item.Length; i++) item[i] = (Level(item[i]) & mask) / 255f;
    }

    private static void Solarize(Span<float> item, float threshold)
    {
        for (int i = 0; i < item.Length; i++)
            if (item[i] >= threshold) item[i] = 1 - item[i];
    }

    private static void Stretch(Span<float> plane)
    {
        float low = float.MaxValue, high = float.MinValue;
        foreach (float value in plane) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (high <= low) return;
        for (int i = 0; i < plane.Length; i++) plane[i] = (plane[i] - low) / (high - low);
    }

    // The histogram of 256 levels is spread evenly, as Pillow does it.
    private static void Equalize(Span<float> plane)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        int last = 0;
        foreach (float value in plane)
        {
            int level = Level(value);
            counts[level]++;
            last = Math.Max(last, level);
        }
        int step = (plane.Length - counts[last]) / 255;
        if (step == 0) return;
        Span<float> table = stackalloc float[256];
        for (int level = 0, below = step / 2; level < 256; below += counts[level++]) table[level] = Math.Min(255, below / step) / 255f;
        for (int i = 0; i < plane.Length; i++) plane[i] = table[Level(plane[i])];
    }

    private static int Level(float value) => (int)Math.Clamp(MathF.Round(value * 255), 0, 255);

    private delegate void PlaneChange(Span<float> plane);

    private static void EachPlane(Span<float> item, Shape shape, PlaneChange change)
    {
        int size = shape[1] * shape[2];
        for (int c = 0; c < shape[0]; c++) change(item.Slice(c * size, size));
    }
}
