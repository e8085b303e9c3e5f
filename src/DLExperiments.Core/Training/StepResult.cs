namespace DLExperiments.Training;

/// <summary>What one step (weight update) of a training gave; nothing is rounded.</summary>
public sealed record StepResult
{
    /// <summary>The step over all epochs, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The step within the epoch, from 1.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>The loss of the step's batch before the update, without penalties.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean training loss of the epoch so far.</summary>
    public double? TrainingLoss { get; init; }

    /// <summary>The training accuracy of the epoch so far, 0 to 1; null for regression.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>Training samples seen over all epochs.</summary>
    public required long SampleCount { get; init; }

    /// <summary>Time since the start of the training.</summary>
    public required TimeSpan Elapsed { get; init; }
}
