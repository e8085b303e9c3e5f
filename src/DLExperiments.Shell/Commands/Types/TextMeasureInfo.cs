// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>The measures of text, written by Measure-Object; those not asked for are null.</summary>
public sealed class TextMeasureInfo : MeasureInfo
{
    /// <summary>How many lines there are.</summary>
    public int? Lines { get; set; }

    /// <summary>How many words there are.</summary>
    public int? Words { get; set; }

    /// <summary>How many characters there are.</summary>
    public int? Characters { get; set; }
}
