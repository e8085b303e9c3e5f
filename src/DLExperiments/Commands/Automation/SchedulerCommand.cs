using System.Management.Automation;
using DLExperiments.Automation.Scheduling;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;

namespace DLExperiments.Commands.Automation;

/// <summary>What the cmdlets about scheduled experiments have in common.</summary>
public abstract class SchedulerCommand : ExperimentCommand
{
    /// <summary>Cron (the user's crontab), Systemd (timers of the user) or Windows (scheduled tasks); by default the one that this machine has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Scheduler>))]
    [ValidateNotNullOrEmpty]
    public string? Scheduler { get; set; }

    private protected Scheduler MakeScheduler() => Scheduler is null ? DLExperiments.Automation.Scheduling.Scheduler.ForThisMachine() : Catalogue<Scheduler>.Default.Create(Scheduler);

    /// <summary>The schedulers to look in: the one that was named, else all that this machine has.</summary>
    private protected IEnumerable<Scheduler> MakeSchedulers() => Scheduler is not null ? [MakeScheduler()]
        : Catalogue<Scheduler>.Default.Entries.Select(e => Catalogue<Scheduler>.Default.Create(e.Name)).Where(s => s.IsAvailable);
}
