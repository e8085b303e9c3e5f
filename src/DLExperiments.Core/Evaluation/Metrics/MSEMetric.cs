using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Mean squared error.</summary>
[CatalogueEntry("MSE")]
public sealed class MSEMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        return table.Actual.Zip(table.Predicted).SelectMany(r => r.First.Zip(r.Second)).Average(p => (p.First - p.Second) * (p.First - p.Second));
    }
}
