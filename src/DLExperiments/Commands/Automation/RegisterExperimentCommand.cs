using System.Management.Automation;
using DLExperiments.Automation.Scheduling;
using DLExperiments.Commands.Sweeps;
using DLExperiments.Sweeps.Launchers;

namespace DLExperiments.Commands.Automation;

/// <summary>Lets the system start an experiment by itself every hour, day or week.</summary>
/// <remarks>
/// Writes a line of the user's crontab, a timer and a service of the user's systemd, or a scheduled task of Windows, which run Invoke-Experiment -ExitCode in the shell of this session without a terminal; a
/// job of the same name is replaced. Each entry carries a mark, so that Get-Experiment and Unregister-Experiment see those and no other. -WhatIf writes nothing and gives what would be written.
/// </remarks>
[Cmdlet(VerbsLifecycle.Register, "Experiment", SupportsShouldProcess = true)]
[OutputType(typeof(JobEntry))]
public sealed class RegisterExperimentCommand : SchedulerCommand
{
    /// <summary>The experiment's file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The name of the job; that of the experiment by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How often: Hour, Day or Week.</summary>
    [Parameter]
    public ScheduleInterval Every { get; set; } = ScheduleInterval.Day;

    /// <summary>The time of day, in local time, such as 02:30; for every hour its minutes count.</summary>
    [Parameter]
    [ValidateRange("00:00:00", "23:59:59")]
    public TimeSpan At { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The days of the week, for -Every Week.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DayOfWeek[] DayOfWeek { get; set; } = [System.DayOfWeek.Sunday];

    /// <summary>The folder of all runs, as in Invoke-Experiment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Output { get; set; }

    /// <summary>How many runs to keep, as in Invoke-Experiment.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Keep { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        // A file that cannot be run is better found now than at night.
        ExperimentFile file = ExperimentFile.Read(ResolveSources(Path, literal: true)[0]);
        string script = $"Invoke-Experiment -Path {WorkerShell.Quote(file.Path)} -ExitCode";
        if (Output is not null) script += $" -Output {WorkerShell.Quote(ResolveTarget(Output))}";
        if (Keep is { } keep) script += FormattableString.Invariant($" -Keep {keep}");
        var job = new ScheduledJob { Name = Name ?? file.Name, Command = ShellProgram.Open().Command(script), Every = Every, At = At, Days = DayOfWeek };
        Scheduler scheduler = MakeScheduler();
        JobEntry entry = scheduler.Describe(job);
        if (ShouldProcess(entry.Location, $"Write the job {job.Name}")) scheduler.Register(job);
        WriteObject(entry);
    }
}
