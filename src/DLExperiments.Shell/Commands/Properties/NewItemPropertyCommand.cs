using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>New-ItemProperty: adds a property to an item, for providers that can, such as the registry.</summary>
[Cmdlet(VerbsCommon.New, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class NewItemPropertyCommand : ForcePathCommand
{
    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    public override string[] Path { get; set; } = [];

    /// <summary>Name of the property.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSProperty")]
    public string Name { get; set; } = "";

    /// <summary>Type of the property.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? PropertyType { get; set; }

    /// <summary>Value of the property.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        ForEach(Paths, (path, context) => EngineProviders.New(InvokeProvider.Property, path, Name, PropertyType, Value, context));
}
