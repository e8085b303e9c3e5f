using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Mean negative logarithm of the probability of the true class; probabilities are kept 2.2e-16 away from 0 and 1, and sum to one.</summary>
[CatalogueEntry("LogLoss")]
public sealed class LogLossMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        double[][] probabilities = predictions.Classes.NeedProbabilities("LogLoss");
        int[] actual = predictions.Classes.Actual;
        const double eps = 2.220446049250313e-16;
        return probabilities.Select((p, r) => -Math.Log(Math.Clamp(p[actual[r]], eps, 1 - eps) / p.Sum(v => Math.Clamp(v, eps, 1 - eps)))).Average();
    }
}
