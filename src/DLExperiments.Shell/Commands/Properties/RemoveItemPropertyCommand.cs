using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>Remove-ItemProperty: deletes properties of an item, for providers that can.</summary>
[Cmdlet(VerbsCommon.Remove, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class RemoveItemPropertyCommand : ForcePathCommand
{
    /// <summary>Names of the properties.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        foreach (var name in Name) EngineProviders.Remove(InvokeProvider.Property, path, name, context);
    });
}
