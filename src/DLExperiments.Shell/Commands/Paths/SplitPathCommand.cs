using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Split-Path: a part of a path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = ParentSet)]
[OutputType(typeof(string), typeof(bool))]
public sealed class SplitPathCommand : CredentialCommand
{
    private const string ParentSet = "ParentSet";
    private const string LeafSet = "LeafSet";
    private const string LeafBaseSet = "LeafBaseSet";
    private const string ExtensionSet = "ExtensionSet";
    private const string QualifierSet = "QualifierSet";
    private const string NoQualifierSet = "NoQualifierSet";
    private const string IsAbsoluteSet = "IsAbsoluteSet";
    private const string LiteralPathSet = "LiteralPathSet";

    /// <summary>Paths to split.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ParentSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = LeafSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = LeafBaseSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ExtensionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = QualifierSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = NoQualifierSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IsAbsoluteSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Paths to split, taken as they are; gives the parent.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only the qualifier, such as 'Env:'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QualifierSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Qualifier { get; set; }

    /// <summary>The path without its qualifier.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoQualifierSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter NoQualifier { get; set; }

    /// <summary>The parent; the default.</summary>
    [Parameter(ParameterSetName = ParentSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Parent { get; set; } = true;

    /// <summary>The last part.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LeafSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Leaf { get; set; }

    /// <summary>The last part without its extension.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LeafBaseSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter LeafBase { get; set; }

    /// <summary>The extension of the last part, with its dot.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExtensionSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Extension { get; set; }

    /// <summary>Splits the existing items that match the path.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <summary>Whether the path is absolute.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IsAbsoluteSet)]
    public SwitchParameter IsAbsolute { get; set; }

    private protected override void Configure(object context) => EngineProviders.SetLiteral(context, ParameterSetName == LiteralPathSet);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(ParameterSetName == LiteralPathSet ? LiteralPath : Path, (path, context) =>
    {
        if (!Resolve) Split(path);
        else
            foreach (var found in EngineProviders.Resolve(SessionState.Path, path, context)) Split(found.Path);
    });

    private void Split(string path)
    {
        switch (ParameterSetName)
        {
            case LeafSet: WriteObject(SessionState.Path.ParseChildName(path)); break;
            case LeafBaseSet: WriteObject(System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path))); break;
            case ExtensionSet: WriteObject(System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path))); break;
            case IsAbsoluteSet: WriteObject(SessionState.Path.IsPSAbsolute(path, out _)); break;
            case QualifierSet when QualifierLength(path) > 0: WriteObject(path[..QualifierLength(path)]); break;
            case QualifierSet: WriteError(NoQualifierError(path)); break;
            case NoQualifierSet: WriteObject(path[QualifierLength(path)..]); break;
            default: WriteObject(SessionState.Path.ParseParent(path, "")); break;
        }
    }

    /// <summary>Length of 'drive:' or 'provider::' at the start, 0 without one.</summary>
    private int QualifierLength(string path)
    {
        if (SessionState.Path.IsProviderQualified(path)) return path.IndexOf("::", StringComparison.Ordinal) + 2;
        return path.IndexOf(':') + 1;
    }

    private static ErrorRecord NoQualifierError(string path) => new(
        new FormatException($"Cannot parse path because path '{path}' does not have a qualifier specified."),
        "ParsePathFormatError", ErrorCategory.InvalidArgument, path);
}
