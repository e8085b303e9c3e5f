using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Mean absolute error.</summary>
[CatalogueEntry("MAE")]
public sealed class MAEMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        return table.Actual.Zip(table.Predicted).SelectMany(r => r.First.Zip(r.Second)).Average(p => Math.Abs(p.First - p.Second));
    }
}
