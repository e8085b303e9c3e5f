using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Dice coefficient of each class over the pixels of all rows, averaged over the classes that occur.</summary>
[CatalogueEntry("Dice")]
public sealed class DiceMetric : Metric
{
    /// <summary>Whether class 0 counts too.</summary>
    public bool Background { get; set; } = true;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Labels;

    internal override MetricTally Start() => new OverlapTally(Background, s => 2 * s.Hits / (s.Support + s.Predicted));
}
