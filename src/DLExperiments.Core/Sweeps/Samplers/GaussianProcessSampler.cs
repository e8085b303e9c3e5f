using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>
/// Bayesian optimisation: a Gaussian process predicts the cost everywhere, and the point with the highest expected improvement is tried (Jones, Schonlau, Welch 1998). The
/// best choice for few, slow trials; choosing takes some hundredths of a second with a hundred of them.
/// </summary>
[CatalogueEntry("GaussianProcess", "GP", "Bayesian")]
public sealed class GaussianProcessSampler : Sampler
{
    /// <summary>How many points are drawn before it learns; they are those of Halton.</summary>
    [Range(2, int.MaxValue)]
    public int StartupTrials { get; set; } = 8;

    /// <summary>How many points the best is searched from.</summary>
    [Range(1, 100_000)]
    public int Candidates { get; set; } = 400;

    /// <summary>How many points it learns from at most: the best half of them and the latest; time grows with the third power.</summary>
    [Range(10, 2000)]
    public int MostPoints { get; set; } = 150;

    /// <inheritdoc/>
    public override bool Learns => true;

    /// <inheritdoc/>
    public override double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history)
    {
        SamplePoint[] known = Choose([.. history.Where(p => !double.IsNaN(p.Cost))]);
        if (known.Length < StartupTrials) return new HaltonSampler().Sample(cube, seed, index, []);
        double[] scaled = Normalise([.. known.Select(p => p.Cost)]);
        var process = new GaussianProcess(cube, [.. known.Select(p => p.Place)], scaled);
        double best = scaled.Min();
        var random = new RandomStream(seed, RandomPurpose.Sweep, 0, index);
        double[] incumbent = known[Array.IndexOf(scaled, best)].Place;
        (double[] Point, double Gain) top = ([], double.NegativeInfinity);
        for (int c = 0; c < Candidates; c++)
        {
            // Half of them anywhere, half near the best point at distances of all sizes.
            double spread = c % 2 == 0 ? 1 : Math.Pow(10, -random.NextUniform(.5, 3));
            double[] point = new double[cube.Dimensions.Count];
            for (int d = 0; d < point.Length; d++) point[d] = c % 2 == 0 ? random.NextDouble() : Near(incumbent[d], spread, cube.Dimensions[d], random);
            Try(cube, process, point, best, ref top);
        }
        // Then downhill from the best of them, by ever smaller steps.
        for (double step = .05; step > 5e-4; step /= 1.6)
        {
            for (int t = 0; t < 2 * cube.Dimensions.Count; t++)
            {
                double[] point = new double[top.Point.Length];
                for (int d = 0; d < point.Length; d++) point[d] = cube.Dimensions[d].IsCategorical ? Keep(top.Point[d], random) : Near(top.Point[d], step, cube.Dimensions[d], random);
                Try(cube, process, point, best, ref top);
            }
        }
        return top.Point;
    }

    private SamplePoint[] Choose(SamplePoint[] all)
    {
        if (all.Length <= MostPoints) return all;
        HashSet<int> kept = [.. all.OrderBy(p => p.Cost).ThenBy(p => p.Index).Take(MostPoints / 2).Select(p => p.Index)];
        foreach (SamplePoint late in Enumerable.Reverse(all))
            if (kept.Count < MostPoints) kept.Add(late.Index);
        return [.. all.Where(p => kept.Contains(p.Index))];
    }

    private static void Try(SampleCube cube, GaussianProcess process, double[] point, double best, ref (double[] Point, double Gain) top)
    {
        cube.Mask(point);
        (double mean, double deviation) = process.Predict(point);
        double z = (best - mean) / deviation;
        // Far from any hope the improvement underflows; its logarithm by the tail of the normal distribution keeps the order.
        double gain = z > -8 ? Math.Log(Math.Max(deviation * (z * ParzenDensity.NormalShare(z) + Math.Exp(-.5 * z * z) / Math.Sqrt(2 * Math.PI)), 1e-300))
            : Math.Log(deviation) - .5 * z * z - 2 * Math.Log(-z) - Math.Log(Math.Sqrt(2 * Math.PI));
        if (top.Point.Length == 0 || gain > top.Gain) top = (point, gain);
    }

    private static double Near(double center, double spread, CubeDimension dimension, RandomStream random)
    {
        if (double.IsNaN(center)) return random.NextDouble();
        if (dimension.IsCategorical) return random.NextDouble() < .2 ? random.NextDouble() : center;
        // A step within one level would try the same value again.
        double wide = Math.Max(spread, dimension.Levels is { } levels ? .7 / levels : 0), moved = center + wide * random.NextNormal();
        return moved is >= 0 and <= 1 ? moved : Math.Clamp(center - (moved - center), 0, 1);
    }

    private static double Keep(double value, RandomStream random) => double.IsNaN(value) ? random.NextDouble() : value;

    /// <summary>Costs of mean 0 and deviation 1, with what is far from the middle drawn in (asinh): one diverged training must not flatten all others.</summary>
    private static double[] Normalise(double[] costs)
    {
        double[] sorted = [.. costs.Order()];
        double middle = sorted[sorted.Length / 2], width = Math.Max(sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4], 1e-12);
        double[] squeezed = [.. costs.Select(c => Math.Asinh(2 * (c - middle) / width))];
        double mean = squeezed.Average(), deviation = Math.Sqrt(squeezed.Sum(v => (v - mean) * (v - mean)) / squeezed.Length);
        return [.. squeezed.Select(v => deviation > 0 ? (v - mean) / deviation : 0)];
    }
}
