using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>How a parameter gets its first values. Values depend on the seed and the parameter's place alone, never on threads.</summary>
[Catalogue("initialiser")]
public abstract class Initialiser
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">The values to write, row-major.</param>
    /// <param name="parameter">Its shape and fans.</param>
    /// <param name="random">The parameter's own random stream.</param>
    public abstract void Fill(Span<float> values, ParameterSpec parameter, RandomStream random);
}
