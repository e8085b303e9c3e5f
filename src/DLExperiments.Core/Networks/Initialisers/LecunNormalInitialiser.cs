using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Normal with standard deviation 1 / √fan_in (LeCun, Bottou, Orr, Müller 1998).</summary>
[CatalogueEntry("LecunNormal")]
public sealed class LecunNormalInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random) =>
        FillNormal(values, 0, 1.0 / Math.Sqrt(parameter.FanIn), random);
}
