namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>What is shown around the mean of repeats.</summary>
public enum Spread
{
    /// <summary>The 95 % confidence interval of the mean (Student's t).</summary>
    Interval,

    /// <summary>One standard deviation to either side.</summary>
    Deviation,

    /// <summary>From the least to the greatest.</summary>
    Range,

    /// <summary>Nothing.</summary>
    None,
}
