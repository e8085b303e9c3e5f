using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Mean absolute percentage error, in per cent, over the true values that are not 0; NaN when all are.</summary>
[CatalogueEntry("MAPE")]
public sealed class MAPEMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => p.Values.Each((actual, predicted) => 100 * Math.Abs((actual - predicted) / actual), where: actual => actual != 0));
}
