using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Exponential of the log loss: among how many equally likely classes the model is in doubt.</summary>
[CatalogueEntry("Perplexity")]
public sealed class PerplexityMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        return Math.Exp(new LogLossMetric().Compute(predictions));
    }
}
