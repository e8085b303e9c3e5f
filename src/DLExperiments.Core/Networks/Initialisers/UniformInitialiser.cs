using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Uniform distribution on [Minimum, Maximum).</summary>
[CatalogueEntry("Uniform")]
public sealed class UniformInitialiser : Initialiser
{
    /// <summary>The lower end.</summary>
    [Position(0)]
    public double Minimum { get; init; }

    /// <summary>The upper end.</summary>
    [Position(1)]
    public double Maximum { get; init; } = 1;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) =>
        FillUniform(values, Minimum, Maximum, random);
}
