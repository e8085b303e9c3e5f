using DLExperiments.Catalogues;

namespace DLExperiments.Evaluation.Metrics;

/// <summary>Dice coefficient of each class over the pixels of all rows, averaged over the classes that occur.</summary>
[CatalogueEntry("Dice")]
public sealed class DiceMetric : Metric
{
    /// <summary>Whether class 0 counts too.</summary>
    public bool Background { get; set; } = true;

    /// <inheritdoc/>
    public override double Compute(PredictionSet predictions)
    {
        var counts = new Dictionary<double, (double Both, double Actual, double Predicted)>();
        foreach ((double[] actual, double[] predicted) in predictions.Values.Actual.Zip(predictions.Values.Predicted))
            for (int k = 0; k < actual.Length; k++)
            {
                (double i, double a, double p) = counts.GetValueOrDefault(actual[k]);
                counts[actual[k]] = (i + (actual[k] == predicted[k] ? 1 : 0), a + 1, p);
                (i, a, p) = counts.GetValueOrDefault(predicted[k]);
                counts[predicted[k]] = (i, a, p + 1);
            }
        return counts.Where(c => Background || c.Key != 0).Select(c => c.Value).Select(c => 2 * c.Both / (c.Actual + c.Predicted)).DefaultIfEmpty(double.NaN).Average();
    }
}
