using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Normal with standard deviation gain / √fan (He, Zhang, Ren, Sun 2015).</summary>
[CatalogueEntry("KaimingNormal", "HeNormal")]
public sealed class KaimingNormalInitialiser : KaimingInitialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) =>
        FillNormal(values, 0, Deviation(parameter), random);
}
