namespace DLExperiments.Metrics;

/// <summary>How the values of classes become one.</summary>
public enum Average
{
    /// <summary>Each class counts the same.</summary>
    Macro,

    /// <summary>Each class counts by its rows.</summary>
    Weighted,

    /// <summary>All decisions count the same, whatever their class.</summary>
    Micro,
}
