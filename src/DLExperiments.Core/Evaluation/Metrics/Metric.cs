using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>A number that says how good predictions are.</summary>
[Catalogue("metric")]
public abstract class Metric
{
    /// <summary>Computes it.</summary>
    /// <param name="predictions">The predictions with what is true.</param>
    /// <returns>The value; NaN where the metric is not defined, such as an area under a curve without both classes.</returns>
    /// <exception cref="ExperimentException">The predictions are not of the sort that the metric is for.</exception>
    public abstract double Compute(PredictionSet predictions);

    /// <summary>Computes it with a 95 % confidence interval: percentiles of resamples of the rows (Efron 1979).</summary>
    /// <param name="predictions">The predictions with what is true.</param>
    /// <param name="resamples">How many resamples; 0 for no interval.</param>
    /// <param name="seed">The seed of the resampling.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public MetricResult Measure(PredictionSet predictions, int resamples = 0, int seed = 0, CancellationToken cancellation = default)
    {
        double value = Compute(predictions);
        string name = Catalogue<Metric>.Default.EntryOf(this).Name;
        if (resamples == 0) return new MetricResult(name, value, null, null, predictions.Count);
        var random = new Random(seed);
        var values = new List<double>(resamples);
        int[] rows = new int[predictions.Count];
        for (int i = 0; i < resamples; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int r = 0; r < rows.Length; r++) rows[r] = random.Next(rows.Length);
            // A resample may lack a class; where the metric is then undefined it says nothing.
            if (Compute(predictions.Select(rows)) is var resampled && !double.IsNaN(resampled)) values.Add(resampled);
        }
        if (values.Count == 0) return new MetricResult(name, value, null, null, predictions.Count);
        values.Sort();
        return new MetricResult(name, value, Percentile(values, .025), Percentile(values, .975), predictions.Count);
    }

    private static double Percentile(List<double> sorted, double share)
    {
        double at = share * (sorted.Count - 1);
        int low = (int)at;
        return low + 1 < sorted.Count ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
