using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Stop-Process: ends processes at once.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Process", DefaultParameterSetName = "Id", SupportsShouldProcess = true)]
[OutputType(typeof(Process))]
public sealed class StopProcessCommand : ProcessCommand
{
    private bool yesToAll;
    private bool noToAll;

    /// <summary>Process ids.</summary>
    [Parameter(Position = 0, ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public int[] Id { get; set; } = [];

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Name", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[] Name { get; set; } = [];

    /// <summary>The processes.</summary>
    [Parameter(Position = 0, ParameterSetName = "InputObject", Mandatory = true, ValueFromPipeline = true)]
    public Process[] InputObject { get; set; } = [];

    /// <summary>Writes the processes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Does not ask before a process of another user is ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = ParameterSetName switch { "Id" => ById(Id), "Name" => ByName(Name), _ => [.. InputObject] };
        foreach (var process in found) Stop(process);
    }

    private void Stop(Process process)
    {
        if (HasEnded(process))
        {
            if (PassThru) WriteObject(process);
            return;
        }
        if (!ShouldProcess($"{NameOf(process)} ({process.Id})")) return;
        if (!Force && IsForeign(process) && !ShouldContinue(
            $"Are you sure you want to perform the Stop-Process operation on the following item: {NameOf(process)}({process.Id})?",
            "Confirm", ref yesToAll, ref noToAll)) return;
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            if (!HasEnded(process))
            {
                var message = $"Cannot stop process \"{NameOf(process)} ({process.Id})\" because of the following error: {error.Message}";
                Report(message, "CouldNotStopProcess", process, ErrorCategory.CloseError);
                return;
            }
        }
        if (PassThru) WriteObject(process);
    }

    private static bool IsForeign(Process process)
    {
        if (!OperatingSystem.IsWindows()) return false;
        try
        {
            return process.SafeHandle.IsInvalid;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return true;
        }
    }
}
