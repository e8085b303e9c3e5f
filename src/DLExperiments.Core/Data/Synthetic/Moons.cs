using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Data.Synthetic;

/// <summary>Two interleaved half circles of radius 1: the upper one about (0, 0), the lower one about (1, 0.5).</summary>
[CatalogueEntry("Moons")]
public sealed class Moons : DatasetGenerator
{
    /// <summary>Standard deviation of the normal noise on both coordinates.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; } = 0.1;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default) =>
        MakeClasses("Moons", 2, ["0", "1"], (random, label, point) =>
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * random.NextDouble());
            point[0] = (label == 0 ? cosine : 1 - cosine) + Noise * random.NextNormal();
            point[1] = (label == 0 ? sine : 0.5 - sine) + Noise * random.NextNormal();
        }, cancellation);
}
