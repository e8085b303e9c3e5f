using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Turns training pictures by a random angle about their middle, anew in every step.</summary>
[CatalogueEntry("RandomRotation")]
public sealed class RandomRotation : AffineAugmentation
{
    /// <summary>The greatest angle in degrees to either side, or the least and the greatest; positive turns against the clock.</summary>
    [Position(0)]
    public double[] Degrees { get; set; } = [15];

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        _ = Span(Degrees, nameof(Degrees));
    }

    private protected override AffineMap Draw(Shape shape, RandomStream random)
    {
        (double low, double high) = Span(Degrees, nameof(Degrees));
        (double sine, double cosine) = Math.SinCos(random.NextUniform(low, high) * Math.PI / 180);
        return new AffineMap(cosine, -sine, sine, cosine, 0, 0);
    }
}
