using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Copy-Item: copies an item to another place in the same provider.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class CopyItemCommand : ForcePathCommand
{
    /// <summary>Where the copy goes: a container, or the new item's path. The current location by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>Keeps the containers of the items; false flattens the copy.</summary>
    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    /// <summary>Copies what the containers hold.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Writes the copies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ProviderParameters(object context) =>
        EngineProviders.CopyParameters(InvokeProvider.Item, FirstPath, Destination ?? "", Recurse, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        EngineProviders.SetPassThru(context, PassThru);
        var containers = Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer;
        EngineProviders.Copy(InvokeProvider.Item, path, Destination ?? "", Recurse, containers, context);
    });
}
