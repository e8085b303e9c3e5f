using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Exponential of the log loss: among how many equally likely classes (the next symbols of a language model) the model is in doubt.</summary>
[CatalogueEntry("Perplexity")]
public sealed class PerplexityMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Probabilities;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => LogLossMetric.Losses(p, "Perplexity"), Math.Exp);
}
