using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Data.Synthetic;

/// <summary>Points of the square from -1 to 1: class 1 where the signs of the coordinates differ. No line separates the classes.</summary>
[CatalogueEntry("Xor")]
public sealed class Xor : DatasetGenerator
{
    /// <summary>Standard deviation of the normal noise that is added after the class is set.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; }

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default) =>
        MakeClasses("Xor", 2, ["0", "1"], (random, label, point) =>
        {
            double side = random.NextInt32(2) == 0 ? -1 : 1;
            // 1 - u lies in (0, 1]: no point lies on an axis, where it would have no class.
            point[0] = side * (1 - random.NextDouble()) + Noise * random.NextNormal();
            point[1] = (label == 0 ? side : -side) * (1 - random.NextDouble()) + Noise * random.NextNormal();
        }, cancellation);
}
