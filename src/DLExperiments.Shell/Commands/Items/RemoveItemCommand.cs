using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Remove-Item: deletes items.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : ForcePathCommand
{
    private bool yesToAll;
    private bool noToAll;

    /// <summary>Deletes what a container holds without asking.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    private protected override object? ProviderParameters(object context) =>
        EngineProviders.RemoveParameters(InvokeProvider.Item, FirstPath, Recurse, context);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        foreach (var item in EngineProviders.Resolve(SessionState.Path, path, context)) Remove(item);
    });

    private void Remove(PathInfo item) => Try(item.Path, (path, context) =>
    {
        // The path is a real one by now: its brackets are not wildcards, and the filters have been applied.
        EngineProviders.SetLiteral(context, true);
        EngineProviders.SetFilters(context, [], [], Filter);
        if (IsCurrentLocation(item))
        {
            var error = new PSInvalidOperationException($"Cannot remove the item at '{item.Path}' because it is in use.");
            WriteError(new ErrorRecord(error.ErrorRecord, error));
            return;
        }
        var recurse = Recurse || HoldsItems(item, context);
        if (Recurse || !recurse || AskedToGoOn(path)) EngineProviders.Remove(InvokeProvider.Item, path, recurse, context);
    });

    /// <summary>Whether deleting the item deletes others; a link to a folder goes without what it shows.</summary>
    private bool HoldsItems(PathInfo item, object context) =>
        EngineProviders.IsContainer(InvokeProvider.Item, item.Path, context)
        && !(item.Provider.Name == "FileSystem" && new DirectoryInfo(item.ProviderPath).LinkTarget is not null)
        && EngineProviders.HasChild(InvokeProvider.ChildItem, item.Path, context);

    private bool AskedToGoOn(string path) => MyInvocation.BoundParameters.ContainsKey("WhatIf") || ShouldContinue(
        $"The item at {path} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?",
        "Confirm", ref yesToAll, ref noToAll);

    private bool IsCurrentLocation(PathInfo item) =>
        item.Provider.Name == "FileSystem"
        && SessionState.Path.CurrentLocation is { Provider.Name: "FileSystem" } here
        && (here.ProviderPath + System.IO.Path.DirectorySeparatorChar).StartsWith(
            item.ProviderPath.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
