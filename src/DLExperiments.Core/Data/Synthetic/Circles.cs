using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Data.Synthetic;

/// <summary>A circle of radius 1 (class 0) about a smaller one (class 1).</summary>
[CatalogueEntry("Circles")]
public sealed class Circles : DatasetGenerator
{
    /// <summary>Radius of the inner circle.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Factor { get; set; } = 0.5;

    /// <summary>Standard deviation of the normal noise on both coordinates.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; } = 0.05;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default) =>
        MakeClasses("Circles", 2, ["0", "1"], (random, label, point) =>
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            double radius = label == 0 ? 1 : Factor;
            point[0] = radius * cosine + Noise * random.NextNormal();
            point[1] = radius * sine + Noise * random.NextNormal();
        }, cancellation);
}
