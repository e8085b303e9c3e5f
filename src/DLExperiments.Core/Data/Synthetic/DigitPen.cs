using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>Writes one digit as a hand would, each time a little differently, into a square of grey pixels.</summary>
internal sealed class DigitPen
{
    internal const int Size = 28;

    private const int StepsPerSpan = 5;
    private const double Reach = 1.2, MostSoftness = 1.5;

    private readonly float[] gap = new float[Size * Size];
    private readonly double[] wave = new double[12];

    /// <summary>Writes a digit.</summary>
    /// <param name="random">The row's stream.</param>
    /// <param name="digit">0 to 9.</param>
    /// <param name="variation">How far the hand strays: 1 as people do, 0 not at all.</param>
    /// <param name="noise">Standard deviation of the noise on every pixel, of 1 for full ink.</param>
    /// <param name="pixels">28 x 28 bytes, row-major; 255 is full ink.</param>
    internal void Write(RandomStream random, int digit, double variation, double noise, Span<byte> pixels)
    {
        double[][][] ways = DigitSkeletons.All[digit];
        double[][] strokes = ways[random.NextInt32(ways.Length)];
        List<(double X, double Y)[]> lines = Bend(random, strokes, variation);
        double halfWidth = Math.Clamp(1.25 + 0.32 * variation * random.NextNormal(), 0.65, 2.3);
        double pressure = Math.Min(0.18 * variation, 0.5), phase = random.NextUniform(0, 2 * Math.PI);
        // The widest stroke, its soft edge, and the half pixel between a pixel's middle and the square's edge.
        Place(random, lines, variation, Size - 2 * (halfWidth * (1 + pressure) + MostSoftness / 2 + 0.5));
        Array.Fill(gap, 1e9f);
        foreach ((double X, double Y)[] line in lines)
            for (int i = 0; i + 1 < line.Length; i++)
                Draw(line[i], line[i + 1], halfWidth * (1 + pressure * Math.Sin(phase + i * 0.25)));
        double softness = random.NextUniform(0.9, MostSoftness);
        for (int i = 0; i < gap.Length; i++)
        {
            double ink = Math.Clamp(0.5 - gap[i] / softness, 0, 1);
            ink = ink * ink * (3 - 2 * ink);
            if (noise > 0) ink += noise * random.NextNormal();
            pixels[i] = (byte)Math.Clamp(ink * 255 + 0.5, 0, 255);
        }
    }

    /// <summary>Strays from the skeleton: every point a little by itself, all together by slow waves, and the curve through them.</summary>
    private List<(double X, double Y)[]> Bend(RandomStream random, double[][] strokes, double variation)
    {
        for (int i = 0; i < wave.Length; i++)
            wave[i] = (i % 6) switch { 0 or 1 => 0.045 * variation * random.NextNormal(), 2 or 3 => random.NextUniform(-5, 5), _ => random.NextUniform(0, 2 * Math.PI) };
        var lines = new List<(double X, double Y)[]>(strokes.Length);
        foreach (double[] stroke in strokes)
        {
            var points = new (double X, double Y)[stroke.Length / 2];
            for (int i = 0; i < points.Length; i++)
            {
                double x = stroke[2 * i], y = stroke[2 * i + 1];
                bool corner = i > 0 && stroke[2 * i - 2] == x && stroke[2 * i - 1] == y;
                points[i] = corner
                    ? points[i - 1]
                    : (x + Wave(0, x, y) + 0.022 * variation * random.NextNormal(), y + Wave(6, x, y) + 0.022 * variation * random.NextNormal());
            }
            lines.Add(Curve(points));
        }
        return lines;
    }

    private double Wave(int at, double x, double y) =>
        wave[at] * Math.Sin(wave[at + 2] * x + wave[at + 4]) + wave[at + 1] * Math.Sin(wave[at + 3] * y + wave[at + 5]);

    /// <summary>A Catmull-Rom spline through the points; a doubled point makes a corner.</summary>
    private static (double X, double Y)[] Curve((double X, double Y)[] p)
    {
        var curve = new (double X, double Y)[(p.Length - 1) * StepsPerSpan + 1];
        for (int i = 0; i + 1 < p.Length; i++)
        {
            (double X, double Y) a = p[Math.Max(i - 1, 0)], b = p[i], c = p[i + 1], d = p[Math.Min(i + 2, p.Length - 1)];
            for (int s = 0; s < StepsPerSpan; s++)
            {
                double t = (double)s / StepsPerSpan;
                curve[i * StepsPerSpan + s] = (Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
            }
        }
        curve[^1] = p[^1];
        return curve;
    }

    private static double Spline(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d))));

    /// <summary>Turns, slants and sizes the digit and puts it near the middle of the square.</summary>
    /// <param name="random">The row's stream.</param>
    /// <param name="lines">The strokes; changed in place, to pixels.</param>
    /// <param name="variation">How far the hand strays.</param>
    /// <param name="space">How wide and high the strokes' middle lines may be at most, in pixels.</param>
    private static void Place(RandomStream random, List<(double X, double Y)[]> lines, double variation, double space)
    {
        double height = 18.5 + 1.3 * variation * Math.Clamp(random.NextNormal(), -2, 2);
        double width = height * Math.Clamp(0.68 + 0.11 * variation * random.NextNormal(), 0.4, 0.98);
        double slant = 0.12 + 0.2 * variation * Math.Clamp(random.NextNormal(), -2.2, 2.2);
        (double sine, double cosine) = Math.SinCos(0.13 * variation * Math.Clamp(random.NextNormal(), -2.2, 2.2));
        double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
        foreach ((double X, double Y)[] line in lines)
        {
            for (int i = 0; i < line.Length; i++)
            {
                double y = (line[i].Y - 0.5) * height, x = (line[i].X - 0.5) * width - slant * y;
                (x, y) = (cosine * x - sine * y, sine * x + cosine * y);
                line[i] = (x, y);
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        }
        // What would leave the square is made smaller, so that no stroke is cut off.
        double fit = Math.Min(1, space / Math.Max(right - left, bottom - top));
        double dx = Size / 2.0 - fit * (left + right) / 2 + Shift(random, variation, space - fit * (right - left));
        double dy = Size / 2.0 - fit * (top + bottom) / 2 + Shift(random, variation, space - fit * (bottom - top));
        foreach ((double X, double Y)[] line in lines)
            for (int i = 0; i < line.Length; i++) line[i] = (line[i].X * fit + dx, line[i].Y * fit + dy);
    }

    private static double Shift(RandomStream random, double variation, double room) =>
        Math.Clamp(1.1 * variation * random.NextNormal(), -Math.Max(0, room / 2), Math.Max(0, room / 2));

    /// <summary>Notes for the pixels about a line how far their centres lie outside its ink.</summary>
    private void Draw((double X, double Y) a, (double X, double Y) b, double halfWidth)
    {
        double reach = halfWidth + Reach;
        int x0 = Math.Max(0, (int)(Math.Min(a.X, b.X) - reach)), x1 = Math.Min(Size - 1, (int)(Math.Max(a.X, b.X) + reach));
        int y0 = Math.Max(0, (int)(Math.Min(a.Y, b.Y) - reach)), y1 = Math.Min(Size - 1, (int)(Math.Max(a.Y, b.Y) + reach));
        double ux = b.X - a.X, uy = b.Y - a.Y, length = ux * ux + uy * uy;
        double inverse = length > 1e-12 ? 1 / length : 0;
        for (int y = y0; y <= y1; y++)
        {
            for (int x = x0; x <= x1; x++)
            {
                double px = x + 0.5 - a.X, py = y + 0.5 - a.Y;
                double t = Math.Clamp((px * ux + py * uy) * inverse, 0, 1);
                double ex = px - t * ux, ey = py - t * uy;
                float outside = (float)(Math.Sqrt(ex * ex + ey * ey) - halfWidth);
                ref float cell = ref gap[y * Size + x];
                if (outside < cell) cell = outside;
            }
        }
    }
}
