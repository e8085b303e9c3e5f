namespace DLExperiments.Evaluation;

/// <summary>What a model says of one row.</summary>
public abstract class RowPrediction
{
    /// <summary>The row's place, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The object that was piped in, or null when a data set was given.</summary>
    public object? InputObject { get; init; }
}
