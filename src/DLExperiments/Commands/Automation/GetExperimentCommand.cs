using System.Management.Automation;
using DLExperiments.Automation.Scheduling;

namespace DLExperiments.Commands.Automation;

/// <summary>Lists the experiments that the system starts by itself.</summary>
/// <remarks>Looks in all schedulers that this machine has, and shows those entries that Register-Experiment wrote.</remarks>
[Cmdlet(VerbsCommon.Get, "Experiment")]
[OutputType(typeof(JobEntry))]
public sealed class GetExperimentCommand : SchedulerCommand
{
    /// <summary>The names of jobs; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "*";

    /// <inheritdoc/>
    protected override void Process()
    {
        var pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        foreach (Scheduler scheduler in MakeSchedulers()) WriteObject(scheduler.List().Where(j => pattern.IsMatch(j.Name)), enumerateCollection: true);
    }
}
