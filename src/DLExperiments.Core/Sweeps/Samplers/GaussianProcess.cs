using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Samplers;

/// <summary>
/// A Gaussian process on the unit cube (Rasmussen and Williams 2006, algorithm 2.1): Matérn 5/2 with a length for each dimension, fitted by the highest marginal
/// likelihood with a log-normal prior on the lengths (Hvarfner, Hellsten, Nardi 2024). Categories are as far apart as a length allows; a dimension that did not count is near nothing.
/// </summary>
internal sealed class GaussianProcess
{
    private readonly SampleCube cube;
    private readonly double[][] points;
    private readonly double[] values;
    private double[] weights = [];
    private double[,] factor = new double[0, 0];
    private double[] logLengths;
    private double logNoise = Math.Log(1e-3);

    /// <summary>Fits a process.</summary>
    /// <param name="cube">The cube.</param>
    /// <param name="points">Points; NaN where a dimension did not count.</param>
    /// <param name="values">Values of mean 0 and deviation 1.</param>
    internal GaussianProcess(SampleCube cube, double[][] points, double[] values)
    {
        (this.cube, this.points, this.values) = (cube, points, values);
        // The prior's mode: lengths grow with the square root of the dimensions, so that distances do not.
        logLengths = [.. Enumerable.Repeat(PriorMean(cube.Dimensions.Count), cube.Dimensions.Count)];
        Fit();
    }

    /// <summary>Mean and deviation at a point.</summary>
    internal (double Mean, double Deviation) Predict(double[] point)
    {
        int n = points.Length;
        double[] row = new double[n];
        double mean = 0, explained = 0;
        for (int i = 0; i < n; i++)
        {
            row[i] = Kernel(point, points[i]);
            mean += row[i] * weights[i];
        }
        for (int i = 0; i < n; i++)
        {
            double sum = row[i];
            for (int j = 0; j < i; j++) sum -= factor[i, j] * row[j];
            row[i] = sum / factor[i, i];
            explained += row[i] * row[i];
        }
        return (mean, Math.Sqrt(Math.Max(1 - explained, 1e-12)));
    }

    /// <summary>Coordinate steps up the likelihood, halved when none helps: few evaluations, no gradient, the same every time.</summary>
    private void Fit()
    {
        double best = Likelihood(), step = 1;
        for (int round = 0; round < 8 && step > .1; round++)
        {
            bool improved = false;
            for (int d = 0; d <= logLengths.Length; d++)
            {
                foreach (double move in new[] { step, -step })
                {
                    Move(d, move);
                    double now = Likelihood();
                    if (now > best + 1e-6)
                    {
                        (best, improved) = (now, true);
                        break;
                    }
                    Move(d, -move);
                }
            }
            if (!improved) step /= 2;
        }
        Likelihood();
    }

    private void Move(int dimension, double move)
    {
        if (dimension == logLengths.Length) logNoise = Math.Clamp(logNoise + 2 * move, Math.Log(1e-6), 0);
        else logLengths[dimension] = Math.Clamp(logLengths[dimension] + move, -5, 6);
    }

    /// <summary>The log marginal likelihood plus the log prior; leaves the factor and the weights of the current lengths behind.</summary>
    private double Likelihood()
    {
        int n = points.Length;
        double noise = Math.Exp(logNoise), log = 0;
        factor = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 + noise : Kernel(points[i], points[j]);
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / factor[j, j];
            }
            log -= Math.Log(factor[i, i]);
        }
        weights = (double[])values.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++) weights[i] -= factor[i, j] * weights[j];
            weights[i] /= factor[i, i];
            log -= .5 * weights[i] * weights[i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) weights[i] -= factor[j, i] * weights[j];
            weights[i] /= factor[i, i];
        }
        double prior = PriorMean(logLengths.Length);
        foreach (double length in logLengths) log -= .5 * (length - prior) * (length - prior) / 3;
        // Noise is small unless the values say otherwise.
        return log - .5 * Math.Pow((logNoise - Math.Log(1e-4)) / 3, 2);
    }

    private double Kernel(double[] a, double[] b)
    {
        double squares = 0;
        for (int d = 0; d < a.Length; d++)
        {
            double difference = double.IsNaN(a[d]) && double.IsNaN(b[d]) ? 0 : double.IsNaN(a[d]) || double.IsNaN(b[d]) ? 1
                : cube.Dimensions[d].IsCategorical ? (SpaceValues.Part(a[d], cube.Dimensions[d].Levels!.Value) == SpaceValues.Part(b[d], cube.Dimensions[d].Levels!.Value) ? 0 : 1) : a[d] - b[d];
            double scaled = difference * Math.Exp(-logLengths[d]);
            squares += scaled * scaled;
        }
        double r = Math.Sqrt(5 * squares);
        return (1 + r + r * r / 3) * Math.Exp(-r);
    }

    private static double PriorMean(int dimensions) => Math.Log(.3 * Math.Sqrt(dimensions));
}
