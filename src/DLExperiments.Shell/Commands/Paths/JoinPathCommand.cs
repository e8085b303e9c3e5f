using System.Management.Automation;
using DLExperiments.Shell.Commands.Provider;

namespace DLExperiments.Shell.Commands.Paths;

/// <summary>Join-Path: puts a path and child paths together with the provider's separator.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : CredentialCommand
{
    /// <summary>Parent paths; wildcards matter only with -Resolve.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>What to append to each parent.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string[] ChildPath { get; set; } = [];

    /// <summary>More parts, appended in order.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    /// <summary>Writes the existing items that match the joined path.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Path, (parent, context) =>
    {
        var joined = parent;
        foreach (var part in (ChildPath ?? []).Concat(AdditionalChildPath ?? [])) joined = EngineProviders.Combine(SessionState.Path, joined, part ?? "", context);
        if (!Resolve) WriteObject(joined);
        else
            foreach (var found in EngineProviders.Resolve(SessionState.Path, joined, context)) WriteObject(found.Path);
    });
}
