namespace DLExperiments.Reports.Plots.Drawing;

/// <summary>How numbers become colours.</summary>
public enum ColourRamp
{
    /// <summary>Dark blue over green to yellow.</summary>
    Viridis,

    /// <summary>From the background to strong blue: nothing is nothing.</summary>
    Counts,

    /// <summary>Blue below, orange above the middle.</summary>
    Diverging,
}
