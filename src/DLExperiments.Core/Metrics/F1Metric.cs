using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Harmonic mean of precision and recall. Over the classes of the model.</summary>
[CatalogueEntry("F1")]
public sealed class F1Metric : Metric
{
    /// <summary>Macro (each class alike), Weighted (by its rows) or Micro (all decisions alike).</summary>
    public Average Average { get; set; }

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Classes;

    internal override MetricTally Start() => new ClassTally(Average, s => s.F1);
}
