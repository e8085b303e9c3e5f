// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>The lines around a match of Select-String.</summary>
public sealed class MatchInfoContext
{
    /// <summary>The lines before it.</summary>
    public string[] PreContext { get; set; } = [];

    /// <summary>The lines after it.</summary>
    public string[] PostContext { get; set; } = [];

    /// <summary>The lines before it that were not shown with an earlier match.</summary>
    public string[] DisplayPreContext { get; set; } = [];

    /// <summary>The lines after it up to the next match.</summary>
    public string[] DisplayPostContext { get; set; } = [];
}
