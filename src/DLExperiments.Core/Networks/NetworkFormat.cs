namespace DLExperiments.Networks;

/// <summary>How a network is written to a file.</summary>
public enum NetworkFormat
{
    /// <summary>JSON, which Import-Network reads.</summary>
    Json,

    /// <summary>A PowerShell data file, which Import-Network reads, and people read and write.</summary>
    Psd1,

    /// <summary>A diagram as an SVG image.</summary>
    Svg,

    /// <summary>A diagram as Mermaid text, which Markdown viewers draw.</summary>
    Mermaid,
}
