using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Move-Item: moves an item to another place in the same provider.</summary>
[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class MoveItemCommand : ForcePathCommand
{
    /// <summary>Where the item goes: a container, or the item's new path. The current location by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    /// <summary>Writes the moved items.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ProviderParameters(object context) =>
        EngineProviders.MoveParameters(InvokeProvider.Item, FirstPath, Destination, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        EngineProviders.SetPassThru(context, PassThru);
        EngineProviders.Move(InvokeProvider.Item, path, Destination, context);
    });
}
