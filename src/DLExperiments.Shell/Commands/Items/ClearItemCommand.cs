using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Clear-Item: empties the value of an item without deleting it.</summary>
[Cmdlet(VerbsCommon.Clear, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class ClearItemCommand : ForcePathCommand
{
    private protected override object? ProviderParameters(object context) => EngineProviders.ClearParameters(InvokeProvider.Item, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        EngineProviders.SetPassThru(context, false);
        EngineProviders.Clear(InvokeProvider.Item, path, context);
    });
}
