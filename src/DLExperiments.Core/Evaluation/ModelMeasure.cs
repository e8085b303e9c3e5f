namespace DLExperiments.Evaluation;

/// <summary>What was measured of a model on a data set.</summary>
public abstract class ModelMeasure
{
    /// <summary>The output that was measured, by its layer's name; null for what is measured of several together.</summary>
    public string? Output { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How many rows were measured.</summary>
    public required long Count { get; init; }

    /// <summary>The name of the loss.</summary>
    public required string LossType { get; init; }

    /// <summary>Mean loss over the rows.</summary>
    public required double Loss { get; init; }
}
