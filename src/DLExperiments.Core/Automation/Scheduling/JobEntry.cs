namespace DLExperiments.Automation.Scheduling;

/// <summary>What a scheduler has of a job: for a list, or for a look at what would be written.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Scheduler">The scheduler's name.</param>
/// <param name="Schedule">When it starts, in the scheduler's own words.</param>
/// <param name="Command">What it starts, in the scheduler's own words.</param>
/// <param name="Location">Where it is written: a file, or the scheduler's own store.</param>
/// <param name="Text">All that is written of it.</param>
public sealed record JobEntry(string Name, string Scheduler, string Schedule, string Command, string Location, string Text);
