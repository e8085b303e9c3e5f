namespace DLExperiments.Shell.Hosting;

/// <summary>How a command ended.</summary>
public enum RunOutcome
{
    /// <summary>It ran to its end; errors that do not end a script may have been shown.</summary>
    Completed,

    /// <summary>An uncaught error ended it, and was shown.</summary>
    Failed,

    /// <summary>It was stopped from outside.</summary>
    Stopped,
}
