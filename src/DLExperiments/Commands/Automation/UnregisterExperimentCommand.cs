using System.Management.Automation;
using DLExperiments.Automation.Scheduling;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Automation;

/// <summary>Ends the starts of an experiment by the system.</summary>
/// <remarks>Removes exactly what Register-Experiment wrote; the experiment's file and runs stay.</remarks>
[Cmdlet(VerbsLifecycle.Unregister, "Experiment", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterExperimentCommand : SchedulerCommand
{
    /// <summary>The job's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    /// <inheritdoc/>
    protected override void Process()
    {
        Scheduler[] all = [.. MakeSchedulers().Where(s => s.List().Any(j => j.Name.Equals(Name, StringComparison.Ordinal)))];
        if (all.Length == 0) WriteError(new ExperimentException("JobNotFound", ErrorKind.NotFound, $"No scheduled experiment has the name '{Name}'. Get-Experiment lists them.", Name));
        foreach (Scheduler scheduler in all)
            if (ShouldProcess(Name, "Remove the scheduled experiment")) scheduler.Unregister(Name);
    }
}
