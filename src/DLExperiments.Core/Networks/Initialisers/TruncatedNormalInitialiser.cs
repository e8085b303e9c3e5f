using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Normal distribution cut off at Minimum and Maximum.</summary>
[CatalogueEntry("TruncatedNormal")]
public sealed class TruncatedNormalInitialiser : Initialiser
{
    /// <summary>The mean before the cut.</summary>
    [Position(0)]
    public double Mean { get; init; }

    /// <summary>The standard deviation before the cut.</summary>
    [Position(1)]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Std { get; init; } = 1;

    /// <summary>The least value.</summary>
    [Position(2)]
    public double Minimum { get; init; } = -2;

    /// <summary>The greatest value.</summary>
    [Position(3)]
    public double Maximum { get; init; } = 2;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        (double low, double high) = ((Minimum - Mean) / Std, (Maximum - Mean) / Std);
        if (!(low < high))
            throw new ExperimentException("InvalidParameterValue", ErrorKind.InvalidArgument,
                $"TruncatedNormal: Minimum is {Minimum} and Maximum {Maximum}; Minimum must be the smaller.", Minimum);
        for (int i = 0; i < values.Length; i++) values[i] = (float)Math.Clamp(Mean + (Std * Next(low, high, random)), Minimum, Maximum);
    }

    // Rejection with one of two proposals, so that no choice of limits needs many tries: the normal itself when the limits
    // leave much of it, else the uniform between them (cut to where a tail has any weight that a double can show).
    private static double Next(double low, double high, RandomStream random)
    {
        if (low <= 0 && high >= 0 && high - low > 2.5)
        {
            double z;
            do z = random.NextNormal();
            while (z < low || z > high);
            return z;
        }
        double nearest = low > 0 ? low : high < 0 ? high : 0;
        (low, high) = (Math.Max(low, nearest - 9), Math.Min(high, nearest + 9));
        while (true)
        {
            double z = random.NextUniform(low, high);
            if (random.NextDouble() < Math.Exp(((nearest * nearest) - (z * z)) / 2)) return z;
        }
    }
}
