using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Randomness;

namespace DLExperiments.Networks.Initialisers;

/// <summary>Rows (or, when there are more rows than columns, columns) that are orthogonal, each of length Gain (Saxe, McClelland, Ganguli 2014).</summary>
[CatalogueEntry("Orthogonal")]
public sealed class OrthogonalInitialiser : Initialiser
{
    /// <summary>The length of each row or column.</summary>
    [Position(0)]
    [Range(0, double.MaxValue)]
    public double Gain { get; init; } = 1;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, ParameterSpec parameter, RandomStream random)
    {
        int rows = parameter.Shape.Count > 0 ? parameter.Shape[0] : 1, columns = values.Length / rows;
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            double[] vector = vectors[i] = new double[length];
            for (int k = 0; k < length; k++) vector[k] = random.NextNormal();
            // Twice is enough (Kahan; Parlett 1980): the second pass takes out what rounding left in the first.
            for (int pass = 0; pass < 2; pass++)
                for (int j = 0; j < i; j++) AddScaled(vector, vectors[j], -Dot(vector, vectors[j]));
            double norm = Math.Sqrt(Dot(vector, vector));
            for (int k = 0; k < length; k++) vector[k] /= norm;
        }
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                values[(r * columns) + c] = (float)(Gain * (rows <= columns ? vectors[r][c] : vectors[c][r]));
    }

    private static double Dot(double[] a, double[] b)
    {
        // Four partial sums in a fixed order: the same on every machine, unlike a sum as wide as its vector registers.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++) s0 += a[i] * b[i];
        return s0 + s1 + (s2 + s3);
    }

    private static void AddScaled(double[] target, double[] vector, double factor)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * vector[i];
    }
}
