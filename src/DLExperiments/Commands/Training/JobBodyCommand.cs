using System.Management.Automation;

namespace DLExperiments.Commands.Training;

/// <summary>Runs the body of a job as a command of the job's session, so that scripts in it have a pipeline. No module exports it.</summary>
internal sealed class JobBodyCommand : PSCmdlet
{
    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true)]
    public Action<PSCmdlet> Body { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Body(this);
}
