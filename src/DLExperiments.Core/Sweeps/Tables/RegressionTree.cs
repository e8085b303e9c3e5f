using DLExperiments.Randomness;

namespace DLExperiments.Sweeps.Tables;

/// <summary>A regression tree grown on drawn rows (Breiman and others 1984): splits that lower the squared error most, among a random two thirds of the dimensions.</summary>
internal sealed class RegressionTree
{
    private const int SmallestLeaf = 2;

    private readonly int dimension = -1;
    private readonly double threshold, value;
    private readonly RegressionTree? below, above;

    internal RegressionTree(double[][] x, double[] y, int[] rows, RandomStream random)
    {
        value = rows.Average(r => y[r]);
        if (rows.Length < 2 * SmallestLeaf) return;
        int[] candidates = random.NextPermutation(x[0].Length)[..Math.Max(1, (2 * x[0].Length + 2) / 3)];
        double best = rows.Sum(r => (y[r] - value) * (y[r] - value)) - 1e-12;
        foreach (int d in candidates)
        {
            int[] sorted = [.. rows.OrderBy(r => x[r][d])];
            double total = rows.Sum(r => y[r]), left = 0, squares = rows.Sum(r => y[r] * y[r]);
            for (int i = 0; i + 1 < sorted.Length; i++)
            {
                left += y[sorted[i]];
                int count = i + 1;
                if (count < SmallestLeaf || sorted.Length - count < SmallestLeaf || x[sorted[i]][d] == x[sorted[i + 1]][d]) continue;
                double error = squares - left * left / count - (total - left) * (total - left) / (sorted.Length - count);
                if (error < best) (best, dimension, threshold) = (error, d, (x[sorted[i]][d] + x[sorted[i + 1]][d]) / 2);
            }
        }
        if (dimension < 0) return;
        below = new RegressionTree(x, y, [.. rows.Where(r => x[r][dimension] <= threshold)], random);
        above = new RegressionTree(x, y, [.. rows.Where(r => x[r][dimension] > threshold)], random);
    }

    internal double Predict(double[] point) => dimension < 0 ? value : (point[dimension] <= threshold ? below : above)!.Predict(point);
}
