using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Networks;

namespace DLExperiments.Data.Transforms;

/// <summary>
/// Makes of each number of the first feature its polynomials 1 to Degree, at once: a linear layer on them is a polynomial of that degree in each
/// number. The constant is the layer's bias.
/// </summary>
[CatalogueEntry("PolynomialFeatures")]
public sealed class PolynomialFeatures : ColumnStep
{
    /// <summary>The highest degree.</summary>
    [Position(0)]
    [Range(1, 1000)]
    public int Degree { get; set; } = 2;

    /// <summary>Which polynomials: Legendre's, for numbers from -1 to 1, or plain powers.</summary>
    [Position(1)]
    public PolynomialBasis Basis { get; set; }

    private protected override Dataset Change(Dataset data)
    {
        DataColumn column = data.Features[0];
        float[] numbers = ReadAll(column), values = new float[numbers.Length * Degree];
        for (int i = 0; i < numbers.Length; i++) Expand(numbers[i], values.AsSpan(i * Degree, Degree));
        return data.WithFeature(new FloatColumn(column.Name, new Shape(column.ItemShape.ElementCount * Degree), values));
    }

    // Legendre's by the recurrence (q+1) P(q+1) = (2q+1) x P(q) - q P(q-1) (Bonnet), in 64 bits.
    private void Expand(double x, Span<float> values)
    {
        double before = 1, current = x;
        for (int q = 1; q <= values.Length; q++)
        {
            values[q - 1] = (float)current;
            (before, current) = Basis == PolynomialBasis.Powers ? (current, current * x) : (current, ((2 * q + 1) * x * current - q * before) / (q + 1));
        }
    }
}
