using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Share of rows whose class was predicted.</summary>
[CatalogueEntry("Accuracy")]
public sealed class AccuracyMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ClassTable table = predictions.Classes;
        return table.Actual.Zip(table.Predicted).Average(p => p.First == p.Second ? 1.0 : 0);
    }
}
