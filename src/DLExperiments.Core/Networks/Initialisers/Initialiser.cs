using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>How a parameter gets its first values. Values depend on the seed and the parameter's place alone, never on threads.</summary>
[Catalogue("initialiser")]
public abstract class Initialiser
{
    private const int Drawn = 512;

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
        // What NextUniform gives, one number after the other, in a fraction of its time.
        Span<uint> bits = stackalloc uint[2 * Math.Min(values.Length, Drawn)];
        for (int start = 0; start < values.Length; start += Drawn)
        {
            Span<float> some = values.Slice(start, Math.Min(Drawn, values.Length - start));
            random.Fill(bits[..(2 * some.Length)]);
            for (int i = 0; i < some.Length; i++) some[i] = (float)(minimum + ((maximum - minimum) * RandomStream.ToDouble(((ulong)bits[2 * i] << 32) | bits[(2 * i) + 1])));
        }
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
