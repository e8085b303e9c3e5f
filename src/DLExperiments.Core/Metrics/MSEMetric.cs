using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Mean squared error.</summary>
[CatalogueEntry("MSE")]
public sealed class MSEMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => p.Values.Each((actual, predicted) => (actual - predicted) * (actual - predicted)));
}
