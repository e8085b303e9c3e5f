using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Data.Synthetic;

/// <summary>
/// A noisy polynomial for studies of overfitting: y = f(x) + noise, x uniform on [-1, 1), where f is a sum of Legendre polynomials up to the
/// given order with random normal coefficients, scaled so that the mean of f² over x is 1 (Abu-Mostafa, Magdon-Ismail, Lin: "Learning From Data", 2012,
/// section 4.1). The order sets the deterministic noise, <see cref="Noise"/> the stochastic noise.
/// </summary>
[CatalogueEntry("Polynomial", "NoisyPolynomial")]
public sealed class Polynomial : DatasetGenerator
{
    /// <summary>The degree of the target, its complexity.</summary>
    [Range(0, 200)]
    public int Order { get; set; } = 10;

    /// <summary>Standard deviation of the normal noise on y.</summary>
    [Range(0.0, double.MaxValue)]
    public double Noise { get; set; } = 0.1;

    /// <summary>Seed of the target's coefficients; the seed of the data when not given. Keep it and change Seed to draw new points of the same target.</summary>
    public long? TargetSeed { get; set; }

    /// <summary>The target's coefficients of the Legendre polynomials 0 to <see cref="Order"/>.</summary>
    public double[] GetCoefficients()
    {
        RandomStream random = SharedStream(TargetSeed ?? Seed);
        double[] a = [.. Enumerable.Range(0, Order + 1).Select(_ => random.NextNormal())];
        // The mean of the square of Legendre polynomial q over [-1, 1] is 1 / (2q + 1), and they are orthogonal.
        double energy = a.Select((v, q) => v * v / (2 * q + 1)).Sum();
        return [.. a.Select(v => v / Math.Sqrt(energy))];
    }

    /// <summary>The value of a Legendre sum, by the recurrence (q+1) L(q+1) = (2q+1) x L(q) - q L(q-1).</summary>
    /// <param name="coefficients">The coefficients, from order 0.</param>
    /// <param name="x">Where, from -1 to 1.</param>
    public static double Evaluate(IReadOnlyList<double> coefficients, double x)
    {
        double sum = 0, before = 0, current = 1;
        for (int q = 0; q < coefficients.Count; q++)
        {
            sum += coefficients[q] * current;
            (before, current) = (current, ((2 * q + 1) * x * current - q * before) / (q + 1));
        }
        return sum;
    }

    /// <inheritdoc/>
    public override Dataset Generate(CancellationToken cancellation = default)
    {
        double[] coefficients = GetCoefficients();
        return MakeCurve("Polynomial", random =>
        {
            double x = random.NextUniform(-1, 1);
            return (x, Evaluate(coefficients, x) + Noise * random.NextNormal());
        }, cancellation);
    }
}
