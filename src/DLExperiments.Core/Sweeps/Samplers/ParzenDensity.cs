using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>
/// A density on the unit cube: a mixture of one kernel around each point and the even density. Kernels are products of normals cut to [0, 1], and for
/// categories of the observed one and an even share (Aitchison and Aitken 1976); a dimension that did not count at a point is even there.
/// </summary>
internal sealed class ParzenDensity
{
    private readonly SampleCube cube;
    private readonly double[][] points;
    private readonly double[] widths;
    private readonly double[][] logAreas;

    internal ParzenDensity(SampleCube cube, double[][] points)
    {
        this.cube = cube;
        this.points = points;
        widths = [.. Enumerable.Range(0, cube.Dimensions.Count).Select(Width)];
        logAreas = [.. points.Select(p => p.Select((center, d) => Math.Log(widths[d] * Math.Sqrt(2 * Math.PI) * (NormalShare((1 - center) / widths[d]) - NormalShare(-center / widths[d])))).ToArray())];
    }

    internal double[] Draw(RandomStream random)
    {
        int kernel = random.NextInt32(points.Length + 1);
        double[] drawn = new double[widths.Length];
        for (int d = 0; d < drawn.Length; d++)
        {
            double center = kernel < points.Length ? points[kernel][d] : double.NaN;
            drawn[d] = double.IsNaN(center) ? random.NextDouble() : cube.Dimensions[d].IsCategorical ? DrawLevel(random, center, cube.Dimensions[d].Levels!.Value) : DrawNormal(random, center, widths[d]);
        }
        return drawn;
    }

    internal double LogDensity(double[] point)
    {
        // The even kernel has density 1, whose logarithm is 0.
        double highest = 0;
        double[] logs = new double[points.Length];
        for (int k = 0; k < points.Length; k++) highest = Math.Max(highest, logs[k] = LogKernel(k, point));
        double sum = Math.Exp(-highest);
        foreach (double log in logs) sum += Math.Exp(log - highest);
        return highest + Math.Log(sum / (points.Length + 1));
    }

    private double LogKernel(int kernel, double[] point)
    {
        double[] center = points[kernel];
        double log = 0;
        for (int d = 0; d < point.Length; d++)
        {
            if (double.IsNaN(center[d]) || double.IsNaN(point[d])) continue;
            if (cube.Dimensions[d].IsCategorical)
            {
                int levels = cube.Dimensions[d].Levels!.Value;
                double even = EvenShare(levels);
                log += Math.Log(even + (SpaceValues.Part(center[d], levels) == SpaceValues.Part(point[d], levels) ? (1 - even) * levels : 0));
                continue;
            }
            double z = (point[d] - center[d]) / widths[d];
            log -= .5 * z * z + logAreas[kernel][d];
        }
        return log;
    }

    /// <summary>Scott's rule (1992) with the spread of the points, and never so narrow that a handful of equal points closes the door.</summary>
    private double Width(int dimension)
    {
        double[] values = [.. points.Select(p => p[dimension]).Where(v => !double.IsNaN(v))];
        int n = values.Length, active = cube.Dimensions.Count(d => !d.IsCategorical);
        if (n == 0) return 1;
        double mean = values.Average(), spread = n > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1)) : 0.3;
        double least = Math.Max(1.0 / Math.Min(100, n + 3), cube.Dimensions[dimension].Levels is { } levels ? .5 / levels : 0);
        return Math.Clamp(spread * Math.Pow(n, -1.0 / (active + 4)), Math.Min(least, .5), .5);
    }

    private double EvenShare(int levels) => Math.Clamp((double)levels / (points.Length + levels), .05, 1);

    private double DrawLevel(RandomStream random, double center, int levels) =>
        random.NextDouble() < EvenShare(levels) ? random.NextDouble() : (SpaceValues.Part(center, levels) + .5) / levels;

    private static double DrawNormal(RandomStream random, double center, double width)
    {
        // At least a third of a normal whose centre is in [0, 1] and whose deviation is at most 1/2 lies inside.
        for (; ; )
        {
            double drawn = center + width * random.NextNormal();
            if (drawn is >= 0 and <= 1) return drawn;
        }
    }

    /// <summary>
    /// The share of the standard normal distribution below z: in the middle by Abramowitz and Stegun 7.1.26 (to 1.5e-7), in the tails by the continued fraction of Mills'
    /// ratio (26.2.14), whose relative error is below 1e-9 there.
    /// </summary>
    internal static double NormalShare(double z)
    {
        double x = Math.Abs(z), tail;
        if (x < 2)
        {
            double t = 1 / (1 + .3275911 * x / Math.Sqrt(2));
            tail = t * (.254829592 + t * (-.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x / 2) / 2;
        }
        else
        {
            double fraction = x;
            for (int k = 40; k >= 1; k--) fraction = x + k / fraction;
            tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) / fraction;
        }
        return z > 0 ? 1 - tail : tail;
    }
}
