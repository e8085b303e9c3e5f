using System.Collections;

// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>A group without its members, written by Group-Object -NoElement.</summary>
public sealed class GroupInfoNoElement : GroupInfo
{
    internal GroupInfoNoElement(ArrayList values, string name, int count) : base(values, name, count)
    {
    }
}
