using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Resolve-Path: the existing items that match a path, as paths.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : CredentialCommand
{
    private const string ByPath = PathCommand.ByPath;
    private const string ByLiteralPath = PathCommand.ByLiteralPath;
    private bool baseIsMissing;

    /// <summary>Paths to resolve; wildcards are expanded.</summary>
    [Parameter(Position = 0, ParameterSetName = ByPath, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Paths to resolve, taken as they are.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Writes paths relative to the current location, or to -RelativeBasePath.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Relative { get; set; }

    /// <summary>Paths are resolved from this folder instead of the current location.</summary>
    [Parameter]
    public string? RelativeBasePath { get; set; }

    /// <summary>Finds hidden items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool Literal => LiteralPath.Length > 0;

    private protected override void Configure(object context)
    {
        EngineProviders.SetLiteral(context, Literal);
        EngineProviders.SetForce(context, Force);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (RelativeBasePath is null) return;
        try
        {
            RelativeBasePath = SessionState.Path.GetResolvedPSPathFromPSPath(RelativeBasePath) is [var one] ? one.Path : throw Ambiguous();
        }
        catch (SessionStateException error)
        {
            WriteError(new ErrorRecord(error.ErrorRecord, error));
            baseIsMissing = true;
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(baseIsMissing ? [] : Literal ? LiteralPath : Path, (path, context) =>
    {
        if (RelativeBasePath is null)
        {
            Write(EngineProviders.Resolve(SessionState.Path, path, context));
            return;
        }
        SessionState.Path.PushCurrentLocation("");
        try
        {
            EngineProviders.SetLocation(SessionState.Path, RelativeBasePath, EngineProviders.NewContext(this), true);
            Write(EngineProviders.Resolve(SessionState.Path, path, context));
        }
        finally
        {
            SessionState.Path.PopLocation("");
        }
    });

    private void Write(IEnumerable<PathInfo> found)
    {
        foreach (var item in found) WriteObject(Relative ? RelativeTo(item) : item);
    }

    private string RelativeTo(PathInfo item)
    {
        var here = SessionState.Path.CurrentLocation;
        if (here.Drive is { } drive && item.Drive is { } other && drive.Name != other.Name) return item.Path;
        var separator = System.IO.Path.DirectorySeparatorChar;
        var relative = SessionState.Path.NormalizeRelativePath(item.Path, here.ProviderPath);
        return relative.StartsWith('.') ? relative : "." + separator + relative;
    }

    private PSArgumentException Ambiguous() => new($"The path '{RelativeBasePath}' resolves to more than one item.", nameof(RelativeBasePath));
}
