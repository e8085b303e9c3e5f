using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Convert-Path: a path in the provider's own form; for files, what programs understand.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = PathCommand.ByPath)]
[OutputType(typeof(string))]
public sealed class ConvertPathCommand : ProviderCommand
{
    /// <summary>Paths of existing items; wildcards are expanded.</summary>
    [Parameter(Position = 0, ParameterSetName = PathCommand.ByPath, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of existing items, taken as they are.</summary>
    [Parameter(ParameterSetName = PathCommand.ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Finds hidden items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Configure(object context)
    {
        EngineProviders.SetLiteral(context, LiteralPath.Length > 0);
        EngineProviders.SetForce(context, Force);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(LiteralPath.Length > 0 ? LiteralPath : Path, (path, context) =>
    {
        foreach (var item in EngineProviders.Resolve(SessionState.Path, path, context)) WriteObject(item.ProviderPath);
    });
}
