using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Share of pixels (or labels) of all rows that are predicted; pixels are class numbers.</summary>
[CatalogueEntry("PixelAccuracy")]
public sealed class PixelAccuracyMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Labels;

    internal override MetricTally Start() => new MeanTally(p => p.Labels.Each((actual, predicted) => actual == predicted ? 1 : 0));
}
