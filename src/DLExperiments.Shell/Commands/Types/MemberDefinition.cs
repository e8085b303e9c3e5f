using System.Management.Automation;

// The engine's format views, and scripts that name the type, know it under pwsh's own namespace.
namespace Microsoft.PowerShell.Commands;

/// <summary>A member of an object's type, written by Get-Member.</summary>
/// <param name="typeName">The type.</param>
/// <param name="name">The member.</param>
/// <param name="memberType">Its kind.</param>
/// <param name="definition">Its declaration as text.</param>
public sealed class MemberDefinition(string typeName, string name, PSMemberTypes memberType, string definition)
{
    /// <summary>The type.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The member.</summary>
    public string Name { get; } = name;

    /// <summary>Its kind.</summary>
    public PSMemberTypes MemberType { get; } = memberType;

    /// <summary>Its declaration as text.</summary>
    public string Definition { get; } = definition;

    /// <inheritdoc/>
    public override string ToString() => Definition;
}
