using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Root of the mean squared error.</summary>
[CatalogueEntry("RMSE")]
public sealed class RMSEMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        return Math.Sqrt(new MSEMetric().Compute(predictions));
    }
}
