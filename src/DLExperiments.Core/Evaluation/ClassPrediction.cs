using System.Collections.Specialized;

namespace DLExperiments.Evaluation;

/// <summary>The class that a model gives a row, and how sure it is.</summary>
public sealed class ClassPrediction : RowPrediction
{
    /// <summary>The most probable class.</summary>
    public required string Prediction { get; init; }

    /// <summary>Its probability, from 0 to 1; null when the loss knows no probabilities (hinge).</summary>
    public required double? Probability { get; init; }

    /// <summary>The probability of every class, in the order of the network's outputs; null when there are none.</summary>
    public required OrderedDictionary? Probabilities { get; init; }

    /// <summary>The row's own class, or null when it has none.</summary>
    public string? Actual { get; init; }

    /// <summary>Whether the prediction is right, or null when the row has no class.</summary>
    public bool? IsCorrect => Actual is null ? null : Actual == Prediction;
}
