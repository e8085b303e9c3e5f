namespace DLExperiments.Training.Schedules;

/// <summary>How long a training will be.</summary>
/// <param name="Epochs">Its epochs.</param>
/// <param name="StepsPerEpoch">Steps in each.</param>
public readonly record struct ScheduleSpan(int Epochs, int StepsPerEpoch)
{
    /// <summary>The whole training in a unit.</summary>
    /// <param name="unit">The unit.</param>
    public long Total(ScheduleUnit unit) => unit == ScheduleUnit.Epoch ? Epochs : (long)Epochs * StepsPerEpoch;
}
