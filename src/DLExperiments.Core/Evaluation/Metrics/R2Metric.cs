using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Coefficient of determination, over all outputs together; NaN when all true values are the same.</summary>
[CatalogueEntry("R2")]
public sealed class R2Metric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        int outputs = table.Actual[0].Length;
        double error = table.Actual.Zip(table.Predicted).Sum(r => r.First.Zip(r.Second).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
        double spread = 0;
        for (int k = 0; k < outputs; k++)
        {
            double mean = table.Actual.Average(a => a[k]);
            spread += table.Actual.Sum(a => (a[k] - mean) * (a[k] - mean));
        }
        return spread == 0 ? double.NaN : 1 - error / spread;
    }
}
