// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>What all results of Measure-Object have in common.</summary>
public abstract class MeasureInfo
{
    /// <summary>The measured property; null where the objects themselves were measured.</summary>
    public string? Property { get; set; }
}
