namespace DLExperiments.Sweeps;

/// <summary>What a worker says when it ends; launchers of all kinds read it as the exit code of its process.</summary>
public enum WorkerExit
{
    /// <summary>All trials that it could take have ended, none of them by an error. Trials that were given up count as ended.</summary>
    Done = 0,

    /// <summary>Trials have failed; their errors are in the sweep.</summary>
    TrialFailed = 1,

    /// <summary>The sweep cannot be run as it is (no such folder, other data, a script with an error); trying again will not help.</summary>
    BadConfiguration = 2,

    /// <summary>It was told to stop before the end and has put its trials back (EX_TEMPFAIL); start it again.</summary>
    Stopped = 75,
}
