namespace DLExperiments.Evaluation;

/// <summary>The number, or the numbers, that a model gives a row.</summary>
public sealed class ValuePrediction : RowPrediction
{
    /// <summary>The first output.</summary>
    public double Prediction => Values[0];

    /// <summary>All outputs, row-major.</summary>
    public required double[] Values { get; init; }

    /// <summary>The row's own number (the first when it has several), or null when it has none.</summary>
    public double? Actual { get; init; }
}
