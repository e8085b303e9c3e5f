using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>Paints circles, squares and triangles into a picture, its mask and its boxes.</summary>
/// <param name="size">Height and width in pixels.</param>
internal sealed class ShapesPainter(int size)
{
    internal static readonly string[] Names = ["circle", "square", "triangle"];

    private const int Attempts = 30;
    private const double Smallest = .12, Largest = .26, Contrast = .35;

    private readonly double[] light = new double[3 * size * size];

    /// <summary>Paints one picture.</summary>
    /// <param name="random">The row's stream.</param>
    /// <param name="first">The class of the first shape; the others are drawn.</param>
    /// <param name="count">How many shapes; fewer when there is no room for more.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="image">[3, size, size].</param>
    /// <param name="mask">[size, size]: 0, or the class plus 1.</param>
    /// <param name="boxes">Class, middle, width and height for each shape as shares of the picture; -1 as the class where there is none.</param>
    internal void Paint(RandomStream random, int first, int count, double noise, Span<byte> image, Span<byte> mask, Span<float> boxes)
    {
        double[] ground = Colour(random);
        for (int i = 0; i < light.Length; i++) light[i] = ground[i / (size * size)];
        mask.Clear();
        var placed = new List<(double X, double Y, double Reach)>();
        for (int s = 0; s * BoxColumn.Numbers < boxes.Length; s++)
        {
            Span<float> box = boxes.Slice(s * BoxColumn.Numbers, BoxColumn.Numbers);
            box.Clear();
            box[0] = -1;
            if (s >= count || !TryPlace(random, placed, out (double X, double Y, double Reach) place)) continue;
            int kind = s == 0 ? first : random.NextInt32(Names.Length);
            double[] colour;
            // A shape must be told from the ground: far enough away in the sum of its channels.
            do colour = Colour(random);
            while (Math.Abs(colour[0] - ground[0]) + Math.Abs(colour[1] - ground[1]) + Math.Abs(colour[2] - ground[2]) < 3 * Contrast);
            Draw(kind, place, random.NextUniform(0, 2 * Math.PI / 3), colour, mask, box);
        }
        for (int i = 0; i < image.Length; i++) image[i] = (byte)Math.Clamp((light[i] + noise * random.NextNormal()) * 255 + .5, 0, 255);
    }

    private static double[] Colour(RandomStream random) => [random.NextDouble(), random.NextDouble(), random.NextDouble()];

    private bool TryPlace(RandomStream random, List<(double X, double Y, double Reach)> placed, out (double X, double Y, double Reach) place)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double reach = random.NextUniform(Smallest, Largest) * size;
            place = (random.NextUniform(reach, size - reach), random.NextUniform(reach, size - reach), reach);
            (double x, double y, double r) = place;
            if (placed.Exists(p => Math.Sqrt((p.X - x) * (p.X - x) + (p.Y - y) * (p.Y - y)) < p.Reach + r + 1)) continue;
            placed.Add(place);
            return true;
        }
        place = default;
        return false;
    }

    private void Draw(int kind, (double X, double Y, double Reach) place, double turn, double[] colour, Span<byte> mask, Span<float> box)
    {
        int left = size, right = -1, top = size, bottom = -1, plane = size * size;
        (double sine, double cosine) = Math.SinCos(turn);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                // In units of the reach, turned about the shape's middle.
                double dx = (x + .5 - place.X) / place.Reach, dy = (y + .5 - place.Y) / place.Reach;
                double cover = Math.Clamp(.5 - Distance(kind, cosine * dx + sine * dy, cosine * dy - sine * dx) * place.Reach, 0, 1);
                if (cover <= 0) continue;
                int at = y * size + x;
                for (int c = 0; c < 3; c++) light[c * plane + at] += (colour[c] - light[c * plane + at]) * cover;
                if (cover < .5) continue;
                mask[at] = (byte)(kind + 1);
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        if (right < 0) return;
        box[0] = kind;
        box[1] = (left + right + 1) / 2f / size;
        box[2] = (top + bottom + 1) / 2f / size;
        box[3] = (right - left + 1f) / size;
        box[4] = (bottom - top + 1f) / size;
    }

    /// <summary>How far outside a shape within the unit circle a point lies, negative inside.</summary>
    private static double Distance(int kind, double x, double y) => kind switch
    {
        0 => Math.Sqrt(x * x + y * y) - 1,
        1 => Math.Max(Math.Abs(x), Math.Abs(y)) - Math.Sqrt(.5),
        _ => Math.Max(y, Math.Abs(x) * Math.Sqrt(.75) - y / 2) - .5,
    };
}
