namespace DLExperiments.Metrics;

/// <summary>How well one class is recognised.</summary>
/// <param name="Hits">Rows of the class that were predicted as it.</param>
/// <param name="Support">Rows of the class.</param>
/// <param name="Predicted">Rows predicted as it.</param>
internal readonly record struct ClassScore(double Hits, double Support, double Predicted)
{
    /// <summary>Share of the rows predicted as the class that are; 0 when none was.</summary>
    internal double Precision => Predicted == 0 ? 0 : Hits / Predicted;

    /// <summary>Share of its rows that were predicted as it; 0 when it has none.</summary>
    internal double Recall => Support == 0 ? 0 : Hits / Support;

    /// <summary>Their harmonic mean, 2 hits / (support + predicted).</summary>
    internal double F1 => Hits == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
