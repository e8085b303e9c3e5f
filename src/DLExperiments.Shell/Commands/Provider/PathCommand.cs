using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Provider;

/// <summary>Base of the commands that take items by -Path (wildcards) or -LiteralPath, narrowed by -Filter, -Include and -Exclude.</summary>
public abstract class PathCommand : CredentialCommand
{
    internal const string ByPath = "Path";
    internal const string ByLiteralPath = "LiteralPath";

    /// <summary>Paths of the items; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public virtual string[] Path { get; set; } = [];

    /// <summary>Paths of the items, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>A filter in the provider's own language; for files, a name pattern.</summary>
    [Parameter]
    public virtual string? Filter { get; set; }

    /// <summary>Only items whose name matches one of these patterns.</summary>
    [Parameter]
    public virtual string[]? Include { get; set; }

    /// <summary>No items whose name matches one of these patterns.</summary>
    [Parameter]
    public virtual string[]? Exclude { get; set; }

    private protected virtual bool IsLiteral => LiteralPath is { Length: > 0 };

    private protected virtual bool ForceValue => false;

    private protected string[] Paths => IsLiteral ? LiteralPath : Path ?? [];

    private protected string FirstPath => Paths is [var first, ..] ? first : ".";

    private protected override void Configure(object context)
    {
        EngineProviders.SetForce(context, ForceValue);
        EngineProviders.SetLiteral(context, IsLiteral);
        EngineProviders.SetFilters(context, Strings(Include), Strings(Exclude), Filter);
    }
}
