using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Every value 1.</summary>
[CatalogueEntry("Ones")]
public sealed class OnesInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) => values.Fill(1);
}
