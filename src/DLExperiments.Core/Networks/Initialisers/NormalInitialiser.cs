using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Normal distribution.</summary>
[CatalogueEntry("Normal")]
public sealed class NormalInitialiser : Initialiser
{
    /// <summary>The mean.</summary>
    [Position(0)]
    public double Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    [Position(1)]
    [Range(0, double.MaxValue)]
    public double Std { get; init; } = 1;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) =>
        FillNormal(values, Mean, Std, random);
}
