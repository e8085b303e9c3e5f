using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl 2011): points are drawn where good ones lie and bad ones do not. All parameters
/// are modelled together, so that it learns which values go with which.
/// </summary>
[CatalogueEntry("TPE")]
public sealed class TpeSampler : Sampler
{
    /// <summary>How many points are drawn before it learns; they are those of Halton.</summary>
    [Range(1, int.MaxValue)]
    public int StartupTrials { get; set; } = 10;

    /// <summary>How many candidates the best is taken of.</summary>
    [Range(1, 100_000)]
    public int Candidates { get; set; } = 64;

    /// <summary>The share of points that count as good.</summary>
    [Range(0.01, 0.5)]
    public double GoodShare { get; set; } = 0.15;

    /// <inheritdoc/>
    public override bool Learns => true;

    /// <inheritdoc/>
    public override double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history)
    {
        // Failed points are the worst, so that the model stays away from them; ties keep the order of the points.
        SamplePoint[] ordered = [.. history.OrderBy(p => double.IsNaN(p.Cost)).ThenBy(p => p.Cost).ThenBy(p => p.Index)];
        if (ordered.Length < StartupTrials) return new HaltonSampler().Sample(cube, seed, index, []);
        int good = Math.Clamp((int)Math.Ceiling(GoodShare * ordered.Length), 1, 25);
        var better = new ParzenDensity(cube, [.. ordered.Take(good).Select(p => p.Place)]);
        var worse = new ParzenDensity(cube, [.. ordered.Skip(good).Select(p => p.Place)]);
        var random = new RandomStream(seed, RandomPurpose.Sweep, 0, index);
        double[]? best = null;
        double bestGain = double.NegativeInfinity;
        for (int c = 0; c < Candidates; c++)
        {
            double[] candidate = cube.Mask(better.Draw(random));
            double gain = better.LogDensity(candidate) - worse.LogDensity(candidate);
            if (best is null || gain > bestGain) (best, bestGain) = (candidate, gain);
        }
        return best!;
    }
}
