using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Area under the precision-recall curve in steps: of two classes for the second, of more each against the rest.</summary>
[CatalogueEntry("AveragePrecision", "PrAuc")]
public sealed class AveragePrecisionMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Scores;

    internal override MetricTally Start() => new RankTally("AveragePrecision", Average, c => c.AveragePrecision);
}
