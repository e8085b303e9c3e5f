using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Share of the rows predicted as a class that are; 0 for a class that was never predicted. Over the classes of the model.</summary>
[CatalogueEntry("Precision")]
public sealed class PrecisionMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Classes;

    internal override MetricTally Start() => new ClassTally(Average, s => s.Precision);
}
