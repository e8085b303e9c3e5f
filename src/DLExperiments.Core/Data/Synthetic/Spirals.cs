using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DLExperiments.Catalogues;

namespace DLExperiments.Data.Synthetic;

/// <summary>Arms that wind about the origin to radius 1, one class each (Archimedean: the radius grows evenly with the angle).</summary>
[CatalogueEntry("Spirals", "Spiral")]
public sealed class Spirals : DatasetGenerator
{
    /// <summary>How many arms, and classes.</summary>
    [Range(2, 1000)]
    public int Arms { get; set; } = 2;

    /// <summary>How often each arm goes round.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double Turns { get; set; } = 1.5;

    /// <summary>Standard deviation of the normal noise on both coordinates.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; } = 0.02;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default) =>
        MakeClasses("Spirals", 2, [.. Enumerable.Range(0, Arms).Select(a => a.ToString(CultureInfo.InvariantCulture))], (random, label, point) =>
        {
            double radius = random.NextDouble();
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (Turns * radius + (double)label / Arms));
            point[0] = radius * cosine + Noise * random.NextNormal();
            point[1] = radius * sine + Noise * random.NextNormal();
        }, cancellation);
}
