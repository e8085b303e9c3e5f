using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Every value the same number.</summary>
[CatalogueEntry("Constant")]
public sealed class ConstantInitialiser : Initialiser
{
    /// <summary>The number.</summary>
    [Position(0)]
    public double Value { get; init; }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) => values.Fill((float)Value);
}
