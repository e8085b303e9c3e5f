namespace DLExperiments.Shell.Commands.Data;

/// <summary>What ConvertFrom-Json makes of text that looks like a date.</summary>
public enum JsonDateKind
{
    /// <summary>A DateTime of the kind that the text says.</summary>
    Default,

    /// <summary>A DateTime in local time.</summary>
    Local,

    /// <summary>A DateTime in universal time.</summary>
    Utc,

    /// <summary>A DateTimeOffset.</summary>
    Offset,

    /// <summary>The text itself.</summary>
    String,
}
