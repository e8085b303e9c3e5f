using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Every value 0.</summary>
[CatalogueEntry("Zeros")]
public sealed class ZerosInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) => values.Clear();
}
