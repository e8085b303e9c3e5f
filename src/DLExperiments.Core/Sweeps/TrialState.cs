namespace DLExperiments.Sweeps;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Nobody has begun it.</summary>
    Waiting,

    /// <summary>Somebody is at it.</summary>
    Running,

    /// <summary>Whoever was at it is gone; the next worker takes it up.</summary>
    Interrupted,

    /// <summary>It ran to its end.</summary>
    Finished,

    /// <summary>It was given up because others are better, and has the values that it had then.</summary>
    Pruned,

    /// <summary>It ended with an error, which it has.</summary>
    Failed,
}
