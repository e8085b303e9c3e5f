using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Scripts;

/// <summary>Get-Verb: gets the approved verbs of commands.</summary>
[Cmdlet(VerbsCommon.Get, "Verb")]
[OutputType(typeof(VerbInfo))]
public sealed class GetVerbCommand : PSCmdlet
{
    /// <summary>The verbs; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[]? Verb { get; set; }

    /// <summary>The groups: Common, Communications, Data, Diagnostic, Lifecycle, Other, Security.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Common", "Communications", "Data", "Diagnostic", "Lifecycle", "Other", "Security")]
    public string[]? Group { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(
        EngineAccess.InvokeStatic("System.Management.Automation.Verbs", "FilterByVerbsAndGroups", Verb, Group), enumerateCollection: true);
}
