using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Area under the ROC curve: of two classes for the second, of more each against the rest; classes that do not occur are left out.</summary>
[CatalogueEntry("RocAuc", "AUC")]
public sealed class RocAucMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Scores;

    internal override MetricTally Start() => new RankTally("RocAuc", Average, c => c.RocArea);
}
