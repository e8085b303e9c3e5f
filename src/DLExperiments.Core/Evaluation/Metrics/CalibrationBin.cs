namespace DLExperiments.Evaluation.Metrics;

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="Confidence">Their mean confidence, the probability of the class predicted.</param>
/// <param name="Accuracy">Share of them that are right.</param>
/// <param name="Count">How many there are.</param>
internal sealed record CalibrationBin(double Confidence, double Accuracy, int Count)
{
    /// <summary>Bins (low, high] of equal width; those without a prediction are left out.</summary>
    internal static CalibrationBin[] Read(ClassTable table, int bins) =>
    [
        .. table.NeedProbabilities("Calibration")
            .Select((p, r) => (Confidence: p.Max(), Right: Array.IndexOf(p, p.Max()) == table.Actual[r] ? 1.0 : 0))
            .GroupBy(p => Math.Clamp((int)Math.Ceiling(p.Confidence * bins) - 1, 0, bins - 1)).OrderBy(g => g.Key)
            .Select(g => new CalibrationBin(g.Average(p => p.Confidence), g.Average(p => p.Right), g.Count())),
    ];
}
