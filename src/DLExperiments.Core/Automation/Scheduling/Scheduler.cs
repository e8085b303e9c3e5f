using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Automation.Scheduling;

/// <summary>What starts commands by itself at given times. Entries carry a mark, so that only those made here are listed and removed.</summary>
[Catalogue("scheduler")]
public abstract class Scheduler
{
    /// <summary>Begins the name of each entry, and its mark.</summary>
    protected const string Mark = "DLExperiments";

    /// <summary>Whether this machine has it.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>What would be written for a job.</summary>
    /// <param name="job">The job.</param>
    public abstract JobEntry Describe(ScheduledJob job);

    /// <summary>Writes a job, in place of one of the same name.</summary>
    /// <param name="job">The job.</param>
    /// <exception cref="ExperimentException">ProgramFailed, ProgramNotFound, FileNotWritable.</exception>
    public abstract void Register(ScheduledJob job);

    /// <summary>The jobs made here.</summary>
    /// <exception cref="ExperimentException">ProgramFailed, ProgramNotFound.</exception>
    public abstract IReadOnlyList<JobEntry> List();

    /// <summary>Removes a job made here, and nothing else.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ExperimentException">ProgramFailed, ProgramNotFound.</exception>
    public abstract bool Unregister(string name);

    /// <summary>The scheduler that fits this machine: scheduled tasks on Windows, else cron, else systemd.</summary>
    /// <exception cref="ExperimentException">SchedulerNotFound: there is none.</exception>
    public static Scheduler ForThisMachine()
    {
        Scheduler[] all = OperatingSystem.IsWindows() ? [new WindowsScheduler()] : [new CronScheduler(), new SystemdScheduler()];
        return all.FirstOrDefault(s => s.IsAvailable)
            ?? throw new ExperimentException("SchedulerNotFound", ErrorKind.NotInstalled, "This machine has neither cron (crontab) nor systemd (systemctl) to start experiments by itself. Install one, or look at what would be written: -Scheduler Cron -WhatIf.");
    }
}
