using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Metrics;

/// <summary>A number that says how good predictions are.</summary>
[Catalogue("metric")]
public abstract class Metric
{
    /// <summary>What it compares.</summary>
    public abstract MetricInput Input { get; }

    /// <summary>Whether a higher value is better.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>
    /// What its values are called, as in the columns of a learning curve: its name, before it the average that is not the usual one, and
    /// after it other settings that are not: <c>F1</c>, <c>WeightedF1</c>, <c>Top5</c>, <c>CalibrationErrorBins10</c>.
    /// </summary>
    public virtual string Label
    {
        get
        {
            CatalogueEntry entry = Catalogue<Metric>.Default.EntryOf(this);
            string label = entry.Name;
            foreach (CatalogueParameter parameter in entry.Parameters)
            {
                object? value = parameter.Property.GetValue(this);
                if (Equals(value, parameter.DefaultValue)) continue;
                label = value is Average average ? average + label : label + parameter.Name + ValueConverter.Display(value);
            }
            return label;
        }
    }

    /// <summary>Computes it.</summary>
    /// <param name="predictions">The predictions with what is true.</param>
    /// <returns>The value; NaN where the metric is not defined, such as an area under a curve without both classes.</returns>
    /// <exception cref="ExperimentException">The predictions are not of the sort that the metric is for.</exception>
    public double Compute(PredictionSet predictions) => Tally(predictions).Value;

    /// <summary>Computes it with a 95 % confidence interval: percentiles of resamples of the rows (Efron 1979).</summary>
    /// <param name="predictions">The predictions with what is true.</param>
    /// <param name="resamples">How many resamples; 0 for no interval.</param>
    /// <param name="seed">The seed of the resampling.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public MetricResult Measure(PredictionSet predictions, int resamples = 0, int seed = 0, CancellationToken cancellation = default) =>
        MeasureAll(predictions, false, resamples, seed, cancellation)[0];

    /// <summary>As <see cref="Measure"/>, for all rows and then for each class.</summary>
    /// <param name="predictions">The predictions with what is true.</param>
    /// <param name="perClass">Whether the classes follow.</param>
    /// <param name="resamples">How many resamples; 0 for no interval.</param>
    /// <param name="seed">The seed of the resampling.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public IReadOnlyList<MetricResult> MeasureAll(PredictionSet predictions, bool perClass, int resamples = 0, int seed = 0, CancellationToken cancellation = default)
    {
        MetricTally whole = Tally(predictions);
        var values = new Dictionary<string, List<double>>();
        var random = new Random(seed);
        int[] rows = new int[predictions.Count];
        for (int i = 0; i < resamples; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int r = 0; r < rows.Length; r++) rows[r] = random.Next(rows.Length);
            MetricTally part = Tally(predictions.Select(rows));
            Keep(values, "", part.Value);
            if (!perClass) continue;
            foreach (ClassValue c in part.Classes) Keep(values, "." + c.Class, c.Value);
        }
        List<MetricResult> results = [Result(whole.Value, predictions.Count, null, values.GetValueOrDefault(""))];
        if (perClass) results.AddRange(whole.Classes.Select(c => Result(c.Value, c.Count, c.Class, values.GetValueOrDefault("." + c.Class))));
        return results;
    }

    /// <summary>Begins to add up rows.</summary>
    internal abstract MetricTally Start();

    /// <summary>The results of what was added up, without intervals.</summary>
    internal IEnumerable<MetricResult> Report(MetricTally tally, long count, bool perClass) =>
        [Result(tally.Value, count, null, null), .. perClass ? tally.Classes.Select(c => Result(c.Value, c.Count, c.Class, null)) : []];

    private MetricTally Tally(PredictionSet predictions)
    {
        MetricTally tally = Start();
        tally.Add(predictions);
        return tally;
    }

    private MetricResult Result(double value, long count, string? name, List<double>? resampled)
    {
        resampled?.Sort();
        return new MetricResult(Label, value, resampled is null ? null : Percentile(resampled, .025), resampled is null ? null : Percentile(resampled, .975), count, name) { HigherIsBetter = HigherIsBetter };
    }

    private static void Keep(Dictionary<string, List<double>> values, string name, double value)
    {
        // A resample may lack a class; where the metric is then undefined it says nothing.
        if (double.IsNaN(value)) return;
        if (!values.TryGetValue(name, out List<double>? list)) values[name] = list = [];
        list.Add(value);
    }

    private static double Percentile(List<double> sorted, double share)
    {
        double at = share * (sorted.Count - 1);
        int low = (int)at;
        // Between equal ends there is nothing to weigh, and infinite ones (PSNR) have no difference.
        return low + 1 < sorted.Count && sorted[low + 1] != sorted[low] ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
