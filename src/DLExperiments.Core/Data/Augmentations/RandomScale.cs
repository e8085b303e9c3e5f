using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Enlarges or shrinks training pictures about their middle by a random factor, anew in every step; their size stays.</summary>
[CatalogueEntry("RandomScale")]
public sealed class RandomScale : AffineAugmentation
{
    /// <summary>The least and the greatest factor, greater than 0; above 1 enlarges.</summary>
    [Position(0)]
    public double[] Factor { get; set; } = [0.8, 1.2];

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        if (Factor is not [> 0, > 0] || Factor[0] > Factor[1])
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument, $"{Name}: Factor must be the least and the greatest factor, both above 0.", Factor);
    }

    private protected override AffineMap Draw(Shape shape, RandomStream random)
    {
        double inverse = 1 / random.NextUniform(Factor[0], Factor[1]);
        return new AffineMap(inverse, 0, 0, inverse, 0, 0);
    }
}
