using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Intersection over union of each class over the pixels of all rows, averaged over the classes that occur.</summary>
[CatalogueEntry("IoU", "Jaccard")]
public sealed class IoUMetric : Metric
{
    /// <summary>Whether class 0 counts too.</summary>
    public bool Background { get; set; } = true;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Labels;

    internal override MetricTally Start() => new OverlapTally(Background, s => s.Hits / (s.Support + s.Predicted - s.Hits));
}
