using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Shifts training pictures by a random number of whole pixels, anew in every step.</summary>
[CatalogueEntry("RandomTranslation")]
public sealed class RandomTranslation : AffineAugmentation
{
    /// <summary>The greatest shift as a share of height and width, between 0 and 1: one number, or one for each.</summary>
    [Position(0)]
    public double[] Fraction { get; set; } = [0.1];

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        if (Fraction.Length is not (1 or 2) || Fraction.Any(f => !(f >= 0 && f <= 1)))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"{Name}: Fraction must be one or two numbers between 0 and 1.", Fraction);
    }

    private protected override AffineMap Draw(Shape shape, RandomStream random)
    {
        double y = Math.Round(random.NextUniform(-Fraction[0], Fraction[0]) * shape[1]), x = Math.Round(random.NextUniform(-Fraction[^1], Fraction[^1]) * shape[2]);
        return new AffineMap(1, 0, 0, 1, x, y);
    }
}
