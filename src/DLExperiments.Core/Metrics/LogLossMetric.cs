using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Mean negative logarithm of the probability of the true class; probabilities are kept 2.2e-16 away from 0 and 1, and sum to one.</summary>
[CatalogueEntry("LogLoss")]
public sealed class LogLossMetric : Metric
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Probabilities;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => Losses(p, "LogLoss"));

    internal static IEnumerable<(double, int)> Losses(PredictionSet predictions, string metric) => predictions.Classes.EachProbable(metric, (probabilities, actual) =>
        -Math.Log(Math.Clamp(probabilities[actual], Epsilon, 1 - Epsilon) / probabilities.Sum(v => Math.Clamp(v, Epsilon, 1 - Epsilon))));
}
