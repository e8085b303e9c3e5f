using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Share of pixels (or labels) of all rows that are predicted; pixels are class numbers.</summary>
[CatalogueEntry("PixelAccuracy")]
public sealed class PixelAccuracyMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        ValueTable table = predictions.Values;
        return table.Actual.Zip(table.Predicted).SelectMany(r => r.First.Zip(r.Second)).Average(p => p.First == p.Second ? 1.0 : 0);
    }
}
