namespace DLExperiments.Evaluation;

/// <summary>Sums up a regressor's errors batch by batch; the result does not depend on how the rows were batched.</summary>
internal sealed class RegressionTally
{
    private readonly double[] means;
    private readonly double[] deviations;
    private long rows, percentages;
    private double squared, absolute, percentage;

    internal RegressionTally(int outputs)
    {
        means = new double[outputs];
        deviations = new double[outputs];
    }

    internal double MSE => squared / (rows * means.Length);

    internal double MAE => absolute / (rows * means.Length);

    internal double MAPE => percentages == 0 ? double.NaN : 100 * percentage / percentages;

    internal double R2 => deviations.Sum() == 0 ? double.NaN : 1 - squared / deviations.Sum();

    internal void Add(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        rows++;
        for (int k = 0; k < means.Length; k++)
        {
            double error = (double)predicted[k] - actual[k];
            squared += error * error;
            absolute += Math.Abs(error);
            if (actual[k] != 0)
            {
                percentage += Math.Abs(error / actual[k]);
                percentages++;
            }
            // Welford 1962: the spread of the targets in one pass.
            double delta = actual[k] - means[k];
            means[k] += delta / rows;
            deviations[k] += delta * (actual[k] - means[k]);
        }
    }
}
