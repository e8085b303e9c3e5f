using DLExperiments.Catalogues;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>Chooses the points that a sweep tries, in the unit cube: a pure function of the seed, the point's number and, for those that learn, the points before.</summary>
[Catalogue("sampler")]
public abstract class Sampler
{
    /// <summary>Whether points depend on the costs of earlier ones.</summary>
    public virtual bool Learns => false;

    /// <summary>How many points there are in all; null for as many as one likes.</summary>
    /// <param name="cube">The cube.</param>
    public virtual int? CountIn(SampleCube cube) => null;

    /// <summary>Chooses a point.</summary>
    /// <param name="cube">The cube.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="index">The point's number, from 0.</param>
    /// <param name="history">The points before it that are known, in their order; empty for a sampler that does not learn.</param>
    /// <returns>One number from 0 to 1 for each dimension; NaN for those that do not count.</returns>
    public abstract double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history);

    /// <summary>An even random point.</summary>
    internal static double[] Uniform(SampleCube cube, long seed, int index)
    {
        var random = new RandomStream(seed, RandomPurpose.Sweep, 0, index);
        double[] point = new double[cube.Dimensions.Count];
        for (int d = 0; d < point.Length; d++) point[d] = random.NextDouble();
        return cube.Mask(point);
    }
}
