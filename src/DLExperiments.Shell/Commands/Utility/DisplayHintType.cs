namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Which part of a date is shown by default.</summary>
public enum DisplayHintType
{
    /// <summary>Only the date.</summary>
    Date,

    /// <summary>Only the time.</summary>
    Time,

    /// <summary>Both.</summary>
    DateTime,
}
