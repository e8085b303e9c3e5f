using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Invoke-Item: does the default action of an item; for a file, opens it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class InvokeItemCommand : PathCommand
{
    private protected override object? ProviderParameters(object context) => EngineProviders.InvokeParameters(InvokeProvider.Item, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) => EngineProviders.Invoke(InvokeProvider.Item, path, context));
}
