namespace DLExperiments.Evaluation;

/// <summary>How well one class is recognised.</summary>
/// <param name="Class">The class.</param>
/// <param name="Precision">Share of the rows predicted as this class that are; 0 when none was predicted.</param>
/// <param name="Recall">Share of this class's rows that were predicted as it; 0 when it has none.</param>
/// <param name="F1">Harmonic mean of precision and recall.</param>
/// <param name="Support">How many rows of this class there are.</param>
public sealed record ClassMeasure(string Class, double Precision, double Recall, double F1, long Support)
{
    /// <summary>The measures on one line.</summary>
    public override string ToString() => $"{Class}: precision {Precision:0.000}, recall {Recall:0.000}, F1 {F1:0.000}, support {Support}";
}
