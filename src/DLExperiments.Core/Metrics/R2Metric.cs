using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Coefficient of determination, over all outputs together; NaN when all true values are the same.</summary>
[CatalogueEntry("R2")]
public sealed class R2Metric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Values;

    internal override MetricTally Start() => new DeterminationTally();
}
