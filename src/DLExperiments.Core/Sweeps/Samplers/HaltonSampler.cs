using DLExperiments.Catalogues;
using DLExperiments.Randomness;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>Points spread more evenly than at random (Halton 1960, digits permuted at random as by Owen 2017): any run of them fills the space.</summary>
[CatalogueEntry("Halton", "QuasiRandom", "QMC")]
public sealed class HaltonSampler : Sampler
{
    /// <inheritdoc/>
    public override double[] Sample(SampleCube cube, long seed, int index, IReadOnlyList<SamplePoint> history)
    {
        double[] point = new double[cube.Dimensions.Count];
        int prime = 2;
        for (int d = 0; d < point.Length; d++, prime = NextPrime(prime)) point[d] = Radical(prime, seed, d, index);
        return cube.Mask(point);
    }

    /// <summary>The digits of the number behind the point in reverse order, each permuted by its place, to the last digit that a double holds.</summary>
    private static double Radical(int prime, long seed, int dimension, int index)
    {
        double sum = 0, unit = 1.0 / prime;
        long rest = index;
        for (int digit = 0; unit > 1e-16; digit++, unit /= prime, rest /= prime)
            sum += unit * new RandomStream(seed, RandomPurpose.Sweep, dimension + 1, digit).NextPermutation(prime)[rest % prime];
        return Math.Min(sum, 1 - 1e-16);
    }

    private static int NextPrime(int after)
    {
        int candidate = after + 1;
        while (Enumerable.Range(2, (int)Math.Sqrt(candidate) - 1).Any(f => candidate % f == 0)) candidate++;
        return candidate;
    }
}
