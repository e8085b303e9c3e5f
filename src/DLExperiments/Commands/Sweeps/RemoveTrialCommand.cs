using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Throws away what trials left, so that Resume-Sweep runs them again; or a whole sweep.</summary>
/// <remarks>Rows of Get-Trial can be piped. A trial that somebody is at stays.</remarks>
[Cmdlet(VerbsCommon.Remove, "Trial", SupportsShouldProcess = true, DefaultParameterSetName = "Trial")]
[OutputType(typeof(void))]
public sealed class RemoveTrialCommand : ExperimentCommand
{
    /// <summary>The folder of the sweep, or of one trial as rows of Get-Trial have it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Which trials of the sweep, from 0.</summary>
    [Parameter(ParameterSetName = "Trial", ValueFromPipelineByPropertyName = true)]
    [Alias("Trial")]
    [ValidateNotNullOrEmpty]
    public int[] Index { get; set; } = [];

    /// <summary>Removes the whole sweep, and its folder when nothing else is in it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Sweep")]
    public SwitchParameter Sweep { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = ResolveTarget(Path);
        if (Sweep)
        {
            if (ShouldProcess(path, "Remove the sweep")) NestedFolder.RemoveAny(path);
            return;
        }
        if (Index.Length == 0) throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, "Say which trials with -Index, pipe rows of Get-Trial, or remove the whole sweep with -Sweep.", Path);
        // A row's path is that of its trial, two folders below the sweep.
        SweepFolder folder = SweepFolder.Open(SweepFolder.Exists(path) ? path : System.IO.Path.GetFullPath(System.IO.Path.Combine(path, "..", "..")));
        foreach (int index in Index)
            if (ShouldProcess(folder.FolderOf(index), "Remove the trial")) folder.Forget(index);
    }
}
