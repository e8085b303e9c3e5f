using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;

namespace DLExperiments.Data.Synthetic;

/// <summary>A noisy sine: y = sin(2π cycles x) + noise, x uniform on [0, 1).</summary>
[CatalogueEntry("Sine", "NoisySine")]
public sealed class Sine : DatasetGenerator
{
    /// <summary>How many waves lie between 0 and 1.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Cycles { get; set; } = 1;

    /// <summary>Standard deviation of the normal noise on y.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; } = 0.1;

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default) =>
        MakeCurve("Sine", random =>
        {
            double x = random.NextDouble();
            return (x, Math.Sin(2 * Math.PI * Cycles * x) + Noise * random.NextNormal());
        }, cancellation);
}
