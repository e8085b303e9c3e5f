namespace DLExperiments.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were made.</summary>
    Completed,

    /// <summary>The user or a signal stopped it after a batch; the result is what was reached.</summary>
    Cancelled,

    /// <summary>The watched metric had not improved for as many epochs as early stopping lets pass.</summary>
    EarlyStopped,

    /// <summary>The time that it was given was over.</summary>
    TimeBudget,

    /// <summary>The steps that it was given were made.</summary>
    StepBudget,

    /// <summary>The sweep that it belongs to gave its trial up, because others are better.</summary>
    Pruned,

    /// <summary>An error ended it; the result is what was reached before.</summary>
    Failed,
}
