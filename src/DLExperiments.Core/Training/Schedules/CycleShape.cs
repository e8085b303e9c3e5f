namespace DLExperiments.Training.Schedules;

/// <summary>How the height of a cyclic schedule changes.</summary>
public enum CycleShape
{
    /// <summary>All cycles have the same height.</summary>
    Triangular,

    /// <summary>Each cycle has half the height of the one before.</summary>
    Triangular2,

    /// <summary>The height is multiplied by γ after every step or epoch.</summary>
    ExponentialRange,
}
