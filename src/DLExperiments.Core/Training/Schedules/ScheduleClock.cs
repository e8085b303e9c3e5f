namespace DLExperiments.Training.Schedules;

/// <summary>A schedule at work in one training.</summary>
public abstract class ScheduleClock
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="epoch">Epochs completed before.</param>
    /// <param name="step">Steps made before, over all epochs.</param>
    public abstract double Rate(int epoch, long step);

    /// <summary>The momentum of a step, in the place of the optimizer's own; null to leave that.</summary>
    /// <param name="epoch">Epochs completed before.</param>
    /// <param name="step">Steps made before, over all epochs.</param>
    public virtual double? Momentum(int epoch, long step) => null;

    /// <summary>Takes notice of a completed epoch; a training that goes on replays its history.</summary>
    /// <param name="epoch">What the epoch gave.</param>
    public virtual void OnEpoch(EpochResult epoch)
    {
    }
}
