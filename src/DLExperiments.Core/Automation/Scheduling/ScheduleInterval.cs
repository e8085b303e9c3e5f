namespace DLExperiments.Automation.Scheduling;

/// <summary>How often a scheduled experiment starts.</summary>
public enum ScheduleInterval
{
    /// <summary>Every hour, at the minute of the time of day.</summary>
    Hour,

    /// <summary>Every day at the time of day.</summary>
    Day,

    /// <summary>On days of the week at the time of day.</summary>
    Week,
}
