using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Uniform on ±√(3 / fan_in) (LeCun, Bottou, Orr, Müller 1998).</summary>
[CatalogueEntry("LecunUniform")]
public sealed class LecunUniformInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        double bound = Math.Sqrt(3.0 / parameter.FanIn);
        FillUniform(values, -bound, bound, random);
    }
}
