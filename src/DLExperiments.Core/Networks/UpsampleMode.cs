namespace DLExperiments.Networks;

/// <summary>How values between the points of what is enlarged are found.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest point.</summary>
    Nearest,

    /// <summary>Linear in both directions between the four nearest points; for images.</summary>
    Bilinear,

    /// <summary>Cubic in both directions between the sixteen nearest points; for images.</summary>
    Bicubic,

    /// <summary>Linear between the two nearest points; for sequences.</summary>
    Linear,

    /// <summary>Linear in all directions between the eight nearest points; for volumes.</summary>
    Trilinear,
}
