using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Slants training pictures by a random angle, anew in every step.</summary>
[CatalogueEntry("RandomShear")]
public sealed class RandomShear : AffineAugmentation
{
    /// <summary>The greatest angle in degrees to either side, sideways, or the least and the greatest.</summary>
    [Position(0)]
    public double[] Degrees { get; set; } = [10];

    /// <summary>The same up and down; none by default.</summary>
    public double[] Vertical { get; set; } = [0];

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        _ = Span(Degrees, nameof(Degrees));
        _ = Span(Vertical, nameof(Vertical));
    }

    private protected override AffineMap Draw(Shape shape, RandomStream random)
    {
        (double low, double high) = Span(Degrees, nameof(Degrees));
        (double least, double most) = Span(Vertical, nameof(Vertical));
        return new AffineMap(1, Slant(low, high), Slant(least, most), 1, 0, 0);

        double Slant(double from, double to) => Math.Tan(random.NextUniform(from, to) * Math.PI / 180);
    }
}
