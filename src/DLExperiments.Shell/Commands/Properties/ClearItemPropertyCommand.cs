using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Properties;

/// <summary>Clear-ItemProperty: empties a property of an item.</summary>
[Cmdlet(VerbsCommon.Clear, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class ClearItemPropertyCommand : ForcePathCommand
{
    /// <summary>Name of the property.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Writes the property.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        ForEach(Paths, (path, context) =>
        {
            EngineProviders.SetPassThru(context, PassThru);
            EngineProviders.Clear(InvokeProvider.Property, path, [Name], context);
        });
}
