using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Items;

/// <summary>New-Item: creates a file, a folder, a variable, ...</summary>
[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class NewItemCommand : CredentialCommand
{
    private const string NameSet = "nameSet";
    private const string PathSet = "pathSet";

    /// <summary>Paths of the new items, or, with -Name, of the containers that get them.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Name of the new item.</summary>
    [Parameter(ParameterSetName = NameSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>Kind of item: File (default) or Directory, SymbolicLink, HardLink for files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    /// <summary>Value of the item: a file's text, a link's target, a variable's value.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    /// <summary>Creates missing parent folders and replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? ProviderParameters(object context) =>
        EngineProviders.NewParameters(InvokeProvider.Item, Path is [var first, ..] ? first : ".", ItemType, Value, context);

    private protected override void Configure(object context) => EngineProviders.SetForce(context, Force);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Path is { Length: > 0 } ? Path : [""],
        (path, context) => EngineProviders.New(InvokeProvider.Item, path, Name, ItemType, Value, context));
}
