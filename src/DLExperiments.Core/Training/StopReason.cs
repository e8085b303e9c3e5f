namespace DLExperiments.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were made.</summary>
    Completed,

    /// <summary>The user or a signal stopped it after a batch; the result is what was reached.</summary>
    Cancelled,
}
