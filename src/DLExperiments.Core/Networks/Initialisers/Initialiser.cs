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

    /// <summary>Fills with the uniform distribution on [minimum, maximum).</summary>
    /// <param name="values">The values to write.</param>
    /// <param name="minimum">The lower end.</param>
    /// <param name="maximum">The upper end.</param>
    /// <param name="random">The stream.</param>
    protected static void FillUniform(Span<float> values, double minimum, double maximum, RandomStream random)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextUniform(minimum, maximum);
    }

    /// <summary>Fills with a normal distribution.</summary>
    /// <param name="values">The values to write.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="random">The stream.</param>
    protected static void FillNormal(Span<float> values, double mean, double std, RandomStream random)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)(mean + (std * random.NextNormal()));
    }
}
