using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Root of the mean squared error.</summary>
[CatalogueEntry("RMSE")]
public sealed class RMSEMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => p.Values.Each((actual, predicted) => (actual - predicted) * (actual - predicted)), Math.Sqrt);
}
