namespace DLExperiments.Training.Schedules;

/// <summary>What a schedule counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Epochs: the learning rate stays the same during one.</summary>
    Epoch,

    /// <summary>Steps (weight updates) over all epochs.</summary>
    Step,
}
