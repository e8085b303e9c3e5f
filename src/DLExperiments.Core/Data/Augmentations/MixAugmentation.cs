using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>An augmentation that mixes each row of a batch with another one, and their targets in the same proportion.</summary>
public abstract class MixAugmentation : Augmentation
{
    /// <summary>The parameter of the Beta distribution that the proportion comes from: 1 is uniform, smaller ones mix less.</summary>
    [Position(0)]
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Alpha { get; set; } = 1;

    /// <inheritdoc/>
    public sealed override bool MixesTargets => true;

    /// <inheritdoc/>
    public sealed override void Apply(AugmentationBatch batch)
    {
        RandomStream random = batch.Random();
        double a = Gamma(random), b = Gamma(random);
        int[] partners = random.NextPermutation(batch.Count);
        float[] old = (float[])batch.Targets.Clone();
        float share = Mix(batch, (float)(a / (a + b)), partners, random, (float[])batch.Values.Clone(), old);
        if (batch.TargetPicture is not null && !MixesPictures) return;
        for (int i = 0; i < old.Length; i++)
            batch.Targets[i] = share * old[i] + (1 - share) * old[partners[i / batch.TargetWidth] * batch.TargetWidth + i % batch.TargetWidth];
    }

    /// <summary>Mixes the rows.</summary>
    /// <param name="batch">The batch, to be changed.</param>
    /// <param name="share">How much of each row stays, from 0 to 1.</param>
    /// <param name="partners">Each row's partner.</param>
    /// <param name="random">More random numbers.</param>
    /// <param name="old">The values before.</param>
    /// <param name="oldTargets">The targets before.</param>
    /// <returns>How much of each row stayed in the end.</returns>
    private protected abstract float Mix(AugmentationBatch batch, float share, int[] partners, RandomStream random, float[] old, float[] oldTargets);

    // Marsaglia and Tsang 2000; below 1 by the power of a uniform number.
    private double Gamma(RandomStream random)
    {
        double shape = Alpha < 1 ? Alpha + 1 : Alpha, d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = Math.Pow(1 + c * x, 3);
            if (v <= 0 || Math.Log(1 - random.NextDouble()) >= x * x / 2 + d - d * v + d * Math.Log(v)) continue;
            return Math.Max(double.Epsilon, Alpha < 1 ? d * v * Math.Pow(1 - random.NextDouble(), 1 / Alpha) : d * v);
        }
    }
}
