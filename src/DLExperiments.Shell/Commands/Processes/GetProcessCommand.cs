using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Processes;

/// <summary>Get-Process: the processes of this machine.</summary>
[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Process), typeof(ProcessModule), typeof(FileVersionInfo))]
public sealed class GetProcessCommand : ProcessCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string InputSet = "InputObject";

    /// <summary>Names; wildcards are allowed; all processes by default.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Process ids.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    public int[] Id { get; set; } = [];

    /// <summary>Processes to get again.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    public Process[] InputObject { get; set; } = [];

    /// <summary>Writes the modules that each process has loaded.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = InputSet)]
    public SwitchParameter Module { get; set; }

    /// <summary>Writes the version of each process's program.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("FV", "FVI")]
    public SwitchParameter FileVersionInfo { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = ParameterSetName switch
        {
            IdSet => ById(Id),
            InputSet => [.. InputObject],
            _ => ByName(Name ?? ["*"]),
        };
        foreach (var process in found) Write(process);
    }

    private void Write(Process process)
    {
        try
        {
            if (Module) WriteObject(process.Modules, enumerateCollection: true);
            else if (FileVersionInfo) WriteObject(process.MainModule?.FileVersionInfo);
            else WriteObject(process);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            var message = $"Cannot read the modules of the process \"{NameOf(process)}\" ({process.Id}): {error.Message}";
            Report(message, "CouldNotEnumerateModules", process, ErrorCategory.PermissionDenied);
        }
    }
}
