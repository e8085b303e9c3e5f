using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Get-Item: the item at a path.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = ByPath)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo), typeof(bool), typeof(string))]
public sealed class GetItemCommand : ForcePathCommand
{
    private protected override object? ProviderParameters(object context) => EngineProviders.GetParameters(InvokeProvider.Item, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) => EngineProviders.Get(InvokeProvider.Item, path, context));
}
