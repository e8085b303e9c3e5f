using DLExperiments.Catalogues;

namespace DLExperiments.Metrics;

/// <summary>Mean squared error of the probabilities: of two classes that of the second, of more summed over the classes (Brier 1950).</summary>
[CatalogueEntry("Brier")]
public sealed class BrierMetric : Metric
{
    /// <inheritdoc/>
    public override MetricInput Input => MetricInput.Probabilities;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    internal override MetricTally Start() => new MeanTally(p => p.Classes.EachProbable("Brier", (probabilities, actual) =>
    {
        double sum = 0;
        for (int c = probabilities.Length == 2 ? 1 : 0; c < probabilities.Length; c++) sum += Math.Pow(probabilities[c] - (c == actual ? 1 : 0), 2);
        return sum;
    }));
}
