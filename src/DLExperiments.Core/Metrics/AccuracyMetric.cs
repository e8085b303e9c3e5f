using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Share of rows whose class was predicted; of rows with a class for each position, share of positions.</summary>
[CatalogueEntry("Accuracy")]
public sealed class AccuracyMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Classes;

    internal override MetricTally Start() => new MeanTally(p => p.Classes.Each((t, r) => t.Actual[r] == t.Predicted[r] ? 1 : 0));
}
