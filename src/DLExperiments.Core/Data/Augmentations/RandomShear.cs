using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Augmentations;

/// <summary>Slants training pictures sideways by a random angle, anew in every step.</summary>
[CatalogueEntry("RandomShear")]
public sealed class RandomShear : AffineAugmentation
{
    /// <summary>The greatest angle in degrees to either side, or the least and the greatest.</summary>
    [Position(0)]
    public double[] Degrees { get; set; } = [10];

    private protected override void Check(DataColumn feature)
    {
        base.Check(feature);
        _ = Span(Degrees, nameof(Degrees));
    }

    private protected override (double, double, double, double, double, double) Draw(Shape shape, RandomStream random)
    {
        (double low, double high) = Span(Degrees, nameof(Degrees));
        return (1, Math.Tan(random.NextUniform(low, high) * Math.PI / 180), 0, 1, 0, 0);
    }
}
