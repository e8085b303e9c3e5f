namespace DLExperiments.Automation;

/// <summary>How a run of an experiment ended; the numbers are the exit codes of the process that ran it.</summary>
public enum ExperimentExit
{
    /// <summary>Everything ran, and the gate, if there is one, let it pass.</summary>
    Succeeded = 0,

    /// <summary>A step ended with an error; another start goes on where it was.</summary>
    Failed = 1,

    /// <summary>The experiment's file or an option is wrong; nothing was run, and trying again will not help.</summary>
    InvalidFile = 2,

    /// <summary>Everything ran, but the gate's metric is worse than the baseline's.</summary>
    Regressed = 3,

    /// <summary>The experiment runs already; nothing was done.</summary>
    Locked = 4,

    /// <summary>It was stopped before the end (SIGTERM, Ctrl+C) and has kept what it had (EX_TEMPFAIL); another start goes on where it was.</summary>
    Interrupted = 75,
}
