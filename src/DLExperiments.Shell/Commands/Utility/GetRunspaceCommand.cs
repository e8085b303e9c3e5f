using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Runspace: the runspaces of this process.</summary>
[Cmdlet(VerbsCommon.Get, "Runspace", DefaultParameterSetName = "NameParameterSet")]
[OutputType(typeof(Runspace))]
public sealed class GetRunspaceCommand : PSCmdlet
{
    /// <summary>Names; wildcards are allowed; all by default.</summary>
    [Parameter(Position = 0, ParameterSetName = "NameParameterSet")]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "IdParameterSet")]
    public int[]? Id { get; set; }

    /// <summary>Instance ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "InstanceIdParameterSet")]
    public Guid[]? InstanceId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = Known(null).OrderBy(runspace => runspace.Id);
        var patterns = Name?.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        WriteObject(all.Where(runspace => ParameterSetName switch
        {
            "IdParameterSet" => Id!.Contains(runspace.Id),
            "InstanceIdParameterSet" => InstanceId!.Contains(runspace.InstanceId),
            _ => patterns is null || patterns.Any(pattern => pattern.IsMatch(runspace.Name)),
        }), enumerateCollection: true);
    }

    // The engine keeps this list for itself; its own Get-Runspace reads the same one.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "get_RunspaceList")]
    private static extern IReadOnlyList<Runspace> Known(Runspace? type);
}
