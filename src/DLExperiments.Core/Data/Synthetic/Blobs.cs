using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>Round clouds of normally distributed points, one class each, about centres drawn from a box.</summary>
[CatalogueEntry("Blobs")]
public sealed class Blobs : DatasetGenerator
{
    /// <summary>How many centres, and classes.</summary>
    [Range(1, 65536)]
    public int Centers { get; set; } = 3;

    /// <summary>How many numbers each point has.</summary>
    [Range(1, 65536)]
    public int Features { get; set; } = 2;

    /// <summary>Standard deviation of each cloud in every direction.</summary>
    [Range(0.0, double.MaxValue)]
    public double Spread { get; set; } = 1;

    /// <summary>The centres' coordinates lie between minus this and this.</summary>
    [Range(0.0, double.MaxValue)]
    public double Box { get; set; } = 10;

    /// <summary>The centres, [centre][coordinate].</summary>
    public double[][] GetCenters()
    {
        RandomStream random = SharedStream(Seed);
        return [.. Enumerable.Range(0, Centers).Select(_ => Enumerable.Range(0, Features).Select(_ => random.NextUniform(-Box, Box)).ToArray())];
    }

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default)
    {
        double[][] centers = GetCenters();
        return MakeClasses("Blobs", Features, [.. Enumerable.Range(0, Centers).Select(c => c.ToString(CultureInfo.InvariantCulture))], (random, label, point) =>
        {
            for (int j = 0; j < point.Length; j++) point[j] = centers[label][j] + Spread * random.NextNormal();
        }, cancellation);
    }
}
