using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>Get-ChildItem: the items in one or more locations.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = ItemsSet)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo), typeof(string))]
public sealed class GetChildItemCommand : ProviderCommand
{
    private const string ItemsSet = "Items";
    private const string LiteralItemsSet = "LiteralItems";
    private uint depth = uint.MaxValue;

    /// <summary>Locations to list; the current one by default.</summary>
    [Parameter(Position = 0, ParameterSetName = ItemsSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Locations to list, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralItemsSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A filter in the provider's own language; for files, a name pattern.</summary>
    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    /// <summary>Only items whose name matches one of these patterns.</summary>
    [Parameter]
    public string[]? Include { get; set; }

    /// <summary>No items whose name matches one of these patterns.</summary>
    [Parameter]
    public string[]? Exclude { get; set; }

    /// <summary>Lists hidden and system items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Lists the containers below too.</summary>
    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many levels of containers to go down; implies -Recurse.</summary>
    [Parameter]
    public uint Depth
    {
        get => depth;
        set
        {
            depth = value;
            Recurse = true;
        }
    }

    /// <summary>Writes names, relative to the location, instead of items.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    private string[] Paths => ParameterSetName == LiteralItemsSet ? LiteralPath : Path is { Length: > 0 } ? Path : [""];

    private string FirstPath => Paths[0] is { Length: > 0 } first ? first : ".";

    private protected override object? ProviderParameters(object context) => Name
        ? EngineProviders.GetNamesParameters(InvokeProvider.ChildItem, FirstPath, context)
        : EngineProviders.GetParameters(InvokeProvider.ChildItem, FirstPath, Recurse, context);

    private protected override void Configure(object context)
    {
        EngineProviders.SetForce(context, Force);
        EngineProviders.SetLiteral(context, ParameterSetName == LiteralItemsSet);
        EngineProviders.SetFilters(context, Strings(Include), Strings(Exclude), Filter);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Paths, (path, context) =>
    {
        if (Name) EngineProviders.GetNames(InvokeProvider.ChildItem, path, ReturnContainers.ReturnMatchingContainers, Recurse, Depth, context);
        else EngineProviders.Get(InvokeProvider.ChildItem, path, Recurse, Depth, context);
    });
}
