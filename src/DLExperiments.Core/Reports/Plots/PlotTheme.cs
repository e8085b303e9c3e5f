namespace DLExperiments.Reports.Plots;

/// <summary>The colours of a picture.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white, for paper and light pages.</summary>
    Light,

    /// <summary>Light on near-black, for slides and dark pages.</summary>
    Dark,
}
