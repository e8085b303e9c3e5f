using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Verb: the approved verbs of command names.</summary>
[Cmdlet(VerbsCommon.Get, "Verb")]
[OutputType(typeof(VerbInfo))]
public sealed class GetVerbCommand : PSCmdlet
{
    /// <summary>Verbs; wildcards are allowed; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[]? Verb { get; set; }

    /// <summary>Groups of verbs.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Common", "Communications", "Data", "Diagnostic", "Lifecycle", "Other", "Security")]
    public string[]? Group { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Filter(null, Verb, Group), enumerateCollection: true);

    // The engine's table of verbs, with their aliases and descriptions, is not public.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "FilterByVerbsAndGroups")]
    private static extern IEnumerable<VerbInfo> Filter(
        [UnsafeAccessorType("System.Management.Automation.Verbs, System.Management.Automation")] object? type, string[]? verbs, string[]? groups);
}
