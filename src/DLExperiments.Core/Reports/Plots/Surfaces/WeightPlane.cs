using System.Globalization;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Reports.Plots.Surfaces;

/// <summary>A plane through the weights of a model, in units along two directions.</summary>
internal sealed class WeightPlane
{
    private const double Margin = .25;

    private readonly WeightSet centre;
    private readonly double[][] x, y;

    private WeightPlane(WeightSet centre, double[][] x, double[][] y)
    {
        this.centre = centre;
        this.x = x;
        this.y = y;
    }

    internal required double Left { get; init; }

    internal required double Right { get; init; }

    internal required double Bottom { get; init; }

    internal required double Top { get; init; }

    internal required string XLabel { get; init; }

    internal required string YLabel { get; init; }

    /// <summary>Where the models lie, the last one at 0, 0.</summary>
    internal required IReadOnlyList<(double X, double Y)> Path { get; init; }

    /// <summary>Lays the plane.</summary>
    /// <param name="models">Models of one network, in order.</param>
    /// <param name="span">How far it goes to either side where its directions are random.</param>
    /// <param name="seed">The seed of random directions.</param>
    /// <exception cref="ExperimentException">ModelMismatch: the models are of different networks.</exception>
    internal static WeightPlane Through(IReadOnlyList<Model> models, double span, long seed)
    {
        WeightSet end = models[^1].Weights;
        foreach (Model model in models)
            if (!model.Weights.Tensors.Select(t => (t.Name, t.Shape.ToString())).SequenceEqual(end.Tensors.Select(t => (t.Name, t.Shape.ToString()))))
                throw new ExperimentException("ModelMismatch", ErrorKind.InvalidArgument, "LossSurface draws models of one network; these have different weights.", model);
        double[][][] steps = [.. models.Select(m => m.Weights.Tensors.Select((t, i) => t.IsBuffer ? new double[t.Values.Length] : t.Values.Zip(end.Tensors[i].Values, (a, b) => (double)a - b).ToArray()).ToArray())];
        double[][] gram = [.. steps.Select(a => steps.Select(b => Dot(a, b)).ToArray())];
        double whole = Enumerable.Range(0, steps.Length).Sum(i => gram[i][i]);
        if (models.Count < 3 || whole == 0) return Random(end, span, seed);
        (double first, double[] a) = Principal(gram);
        for (int i = 0; i < gram.Length; i++)
            for (int j = 0; j < gram.Length; j++) gram[i][j] -= first * a[i] * a[j];
        (double second, double[] b) = Principal(gram);
        double[][] x = Unit(Combine(steps, a)), y = second > 1e-9 * first ? Unit(Combine(steps, b)) : Unit(Without(Draw(end, seed, 1), x));
        (double X, double Y)[] path = [.. steps.Select(s => (Dot(s, x), Dot(s, y)))];
        (double left, double right) = Room([.. path.Select(p => p.X)], 0);
        (double bottom, double top) = Room([.. path.Select(p => p.Y)], (right - left) / 4);
        return new WeightPlane(end, x, y)
        {
            Left = left, Right = right, Bottom = bottom, Top = top, Path = path,
            XLabel = string.Create(CultureInfo.InvariantCulture, $"first principal direction ({first / whole:0.#%} of the path)"),
            YLabel = string.Create(CultureInfo.InvariantCulture, $"second ({Math.Max(0, second) / whole:0.#%})"),
        };
    }

    /// <summary>The weights at a place; buffers are the last model's.</summary>
    internal WeightSet WeightsAt(double right, double up) => new(centre.Tensors.Select((t, i) => new WeightTensor(t.Name, t.Shape,
        t.IsBuffer ? t.Values : [.. t.Values.Select((v, k) => (float)(v + right * x[i][k] + up * y[i][k]))], t.IsBuffer)));

    private static WeightPlane Random(WeightSet end, double span, long seed) => new(end, Draw(end, seed, 0), Draw(end, seed, 1))
    {
        Left = -span, Right = span, Bottom = -span, Top = span, Path = [(0, 0)], XLabel = "random direction", YLabel = "another",
    };

    // Normal numbers, each filter (row of a tensor) scaled to the length of the model's; biases and norms stay, as in the paper.
    private static double[][] Draw(WeightSet end, long seed, int direction) => [.. end.Tensors.Select((t, i) =>
    {
        double[] values = new double[t.Values.Length];
        if (t.IsBuffer || t.Shape.Count < 2) return values;
        var random = new RandomStream(seed, RandomPurpose.Synthesis, direction, i);
        for (int k = 0; k < values.Length; k++) values[k] = random.NextNormal();
        int size = values.Length / t.Shape[0];
        for (int f = 0; f < t.Shape[0]; f++)
        {
            Span<double> row = values.AsSpan(f * size, size);
            double own = 0, wanted = 0;
            for (int k = 0; k < size; k++)
            {
                own += row[k] * row[k];
                wanted += (double)t.Values[f * size + k] * t.Values[f * size + k];
            }
            for (int k = 0; k < size; k++) row[k] *= Math.Sqrt(wanted / own);
        }
        return values;
    })];

    /// <summary>The greatest eigenvalue of a symmetric matrix and its unit vector, by power iteration.</summary>
    private static (double Value, double[] Vector) Principal(double[][] matrix)
    {
        double[] vector = [.. Enumerable.Range(0, matrix.Length).Select(i => 1 + i / (double)matrix.Length)];
        double value = 0;
        for (int round = 0; round < 1000; round++)
        {
            double[] next = [.. matrix.Select(row => row.Zip(vector, (m, v) => m * v).Sum())];
            double length = Math.Sqrt(next.Sum(v => v * v));
            if (length == 0) break;
            bool settled = Math.Abs(length - value) <= 1e-12 * length && round > 50;
            value = length;
            vector = [.. next.Select(v => v / length)];
            if (settled) break;
        }
        return (value, vector);
    }

    private static double[][] Combine(double[][][] steps, double[] shares) => [.. Enumerable.Range(0, steps[0].Length).Select(t =>
        Enumerable.Range(0, steps[0][t].Length).Select(k => steps.Select((s, i) => shares[i] * s[t][k]).Sum()).ToArray())];

    private static double[][] Without(double[][] v, double[][] unit) => Dot(v, unit) is var along ? [.. v.Select((t, i) => t.Select((n, k) => n - along * unit[i][k]).ToArray())] : v;

    private static double[][] Unit(double[][] v) => Math.Sqrt(Dot(v, v)) is > 0 and var length ? [.. v.Select(t => t.Select(n => n / length).ToArray())] : v;

    private static double Dot(double[][] a, double[][] b) => a.Zip(b, (s, t) => s.Zip(t, (m, n) => m * n).Sum()).Sum();

    private static (double, double) Room(double[] values, double least)
    {
        double low = values.Min(), high = values.Max(), room = Math.Max((high - low) * Margin, Math.Max(least, 1e-6));
        return (low - room, high + room);
    }
}
