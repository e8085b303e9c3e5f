namespace DLExperiments.Networks;

/// <summary>How values between the points of a smaller image are found.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest point.</summary>
    Nearest,

    /// <summary>Linear in both directions between the four nearest points.</summary>
    Bilinear,

    /// <summary>Cubic in both directions between the sixteen nearest points.</summary>
    Bicubic,
}
