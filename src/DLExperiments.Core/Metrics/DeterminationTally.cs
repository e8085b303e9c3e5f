namespace DLExperiments.Metrics;

/// <summary>Squared errors, and the spread of the true values in one pass (Welford 1962).</summary>
internal sealed class DeterminationTally : MetricTally
{
    private double rows, squared;
    private double[] means = [], deviations = [];

    internal override double Value => deviations.Sum() is > 0 and var spread ? 1 - squared / spread : double.NaN;

    internal override void Add(PredictionSet set)
    {
        ValueTable table = set.Values;
        if (means.Length == 0) (means, deviations) = (new double[table.Actual[0].Length], new double[table.Actual[0].Length]);
        for (int r = 0; r < table.Actual.Length; r++)
        {
            rows++;
            for (int k = 0; k < means.Length; k++)
            {
                double actual = table.Actual[r][k], error = actual - table.Predicted[r][k], delta = actual - means[k];
                squared += error * error;
                means[k] += delta / rows;
                deviations[k] += delta * (actual - means[k]);
            }
        }
    }

    internal override double[] Export() => [rows, squared, .. means, .. deviations];

    internal override void Import(double[] state)
    {
        (rows, squared) = (state[0], state[1]);
        int outputs = (state.Length - 2) / 2;
        (means, deviations) = (state[2..(2 + outputs)], state[(2 + outputs)..]);
    }
}
