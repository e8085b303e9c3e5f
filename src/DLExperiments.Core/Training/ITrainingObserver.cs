namespace DLExperiments.Training;

/// <summary>Follows a training: progress, curves, streams. Called on the training thread.</summary>
public interface ITrainingObserver
{
    /// <summary>Called after every step, so it must be quick: whoever shows something decides how often.</summary>
    /// <param name="progress">Where the training stands; the object is reused.</param>
    void OnStep(TrainingProgress progress);

    /// <summary>Called after every epoch.</summary>
    /// <param name="epoch">What it gave.</param>
    void OnEpoch(EpochResult epoch);

    /// <summary>Called when something is odd but the training goes on.</summary>
    /// <param name="message">What it is.</param>
    void OnWarning(string message)
    {
    }

    /// <summary>Called when an error (of a script, a full disk, a loss that is not finite) ends the training, before it is thrown.</summary>
    /// <param name="result">What was reached, with <see cref="StopReason.Failed"/>.</param>
    void OnFailure(TrainingResult result)
    {
    }
}
