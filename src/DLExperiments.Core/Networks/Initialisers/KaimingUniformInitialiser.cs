using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Uniform on ±gain √(3 / fan) (He, Zhang, Ren, Sun 2015).</summary>
[CatalogueEntry("KaimingUniform", "HeUniform")]
public sealed class KaimingUniformInitialiser : KaimingInitialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        double bound = Math.Sqrt(3.0) * Deviation(parameter);
        FillUniform(values, -bound, bound, random);
    }
}
