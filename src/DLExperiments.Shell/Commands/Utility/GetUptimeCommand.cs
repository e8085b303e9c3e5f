using System.Management.Automation;

namespace DLExperiments.Shell.Commands.Utility;

/// <summary>Get-Uptime: how long the machine has been up.</summary>
[Cmdlet(VerbsCommon.Get, "Uptime", DefaultParameterSetName = "Timespan")]
[OutputType(typeof(TimeSpan), ParameterSetName = ["Timespan"])]
[OutputType(typeof(DateTime), ParameterSetName = ["Since"])]
public sealed class GetUptimeCommand : PSCmdlet
{
    /// <summary>Writes when the machine started.</summary>
    [Parameter(ParameterSetName = "Since")]
    public SwitchParameter Since { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var up = TimeSpan.FromSeconds(Environment.TickCount64 / 1000);
        if (Since) WriteObject(DateTime.Now - up);
        else WriteObject(up);
    }
}
