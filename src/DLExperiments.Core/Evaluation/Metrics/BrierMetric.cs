using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Mean squared error of the probabilities: of two classes that of the second, of more summed over the classes (Brier 1950).</summary>
[CatalogueEntry("Brier")]
public sealed class BrierMetric : Metric
{
    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        double[][] probabilities = predictions.Classes.NeedProbabilities("Brier");
        int[] actual = predictions.Classes.Actual;
        return probabilities.Select((p, r) => Enumerable.Range(p.Length == 2 ? 1 : 0, p.Length == 2 ? 1 : p.Length).Sum(c => Math.Pow(p[c] - (actual[r] == c ? 1 : 0), 2))).Average();
    }
}
