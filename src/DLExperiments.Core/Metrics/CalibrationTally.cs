namespace DLExperiments.Metrics;

/// <summary>Predictions by their confidence, the probability of the class predicted, in bins (low, high] of equal width.</summary>
/// <param name="bins">How many.</param>
internal sealed class CalibrationTally(int bins) : MetricTally
{
    private readonly double[] confidence = new double[bins], right = new double[bins], counts = new double[bins];

    internal override double Value => counts.Sum() is > 0 and var all ? Bins.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / all : double.NaN;

    /// <summary>Those with a prediction: mean confidence, share of right ones, how many.</summary>
    internal IEnumerable<(double Confidence, double Accuracy, double Count)> Bins => Enumerable.Range(0, bins)
        .Where(b => counts[b] > 0).Select(b => (confidence[b] / counts[b], right[b] / counts[b], counts[b]));

    internal override void Add(PredictionSet rows)
    {
        double[][] probabilities = rows.Classes.NeedProbabilities("CalibrationError");
        for (int r = 0; r < probabilities.Length; r++)
        {
            double most = probabilities[r].Max();
            int bin = Math.Clamp((int)Math.Ceiling(most * bins) - 1, 0, bins - 1);
            confidence[bin] += most;
            counts[bin]++;
            if (Array.IndexOf(probabilities[r], most) == rows.Classes.Actual[r]) right[bin]++;
        }
    }

    internal override double[] Export() => [.. confidence, .. right, .. counts];

    internal override void Import(double[] state)
    {
        state.AsSpan(0, bins).CopyTo(confidence);
        state.AsSpan(bins, bins).CopyTo(right);
        state.AsSpan(2 * bins, bins).CopyTo(counts);
    }
}
