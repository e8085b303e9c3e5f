using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Mean absolute percentage error, in per cent, over the true values that are not 0; NaN when all are.</summary>
[CatalogueEntry("MAPE")]
public sealed class MAPEMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        return table.Actual.Zip(table.Predicted).SelectMany(r => r.First.Zip(r.Second)).Where(p => p.First != 0).Select(p => 100 * Math.Abs((p.First - p.Second) / p.First)).DefaultIfEmpty(double.NaN).Average();
    }
}
