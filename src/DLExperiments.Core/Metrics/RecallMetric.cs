using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Share of a class's rows that were predicted as it; 0 for a class that does not occur. Over the classes of the model.</summary>
[CatalogueEntry("Recall")]
public sealed class RecallMetric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Classes;

    internal override MetricTally Start() => new ClassTally(Average, s => s.Recall);
}
