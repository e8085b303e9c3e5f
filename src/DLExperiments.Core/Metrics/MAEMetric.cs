using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Mean absolute error.</summary>
[CatalogueEntry("MAE")]
public sealed class MAEMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => p.Values.Each((actual, predicted) => Math.Abs(actual - predicted)));
}
