namespace DLExperiments.Sweeps;

/// <summary>Whether less or more of a metric is better.</summary>
public enum SweepGoal
{
    /// <summary>Less for losses, errors and times, else more.</summary>
    Auto,

    /// <summary>Less is better.</summary>
    Minimize,

    /// <summary>More is better.</summary>
    Maximize,
}
