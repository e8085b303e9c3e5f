using System.Management.Automation;
using DLExperiments.Automation;

namespace DLExperiments.Commands.Automation;

/// <summary>A run of an experiment.</summary>
public sealed class ExperimentRun
{
    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it ended.</summary>
    public required ExperimentExit State { get; init; }

    /// <summary>The same as the exit code of a process.</summary>
    public int ExitCode => (int)State;

    /// <summary>Full path of the run's folder.</summary>
    public required string Path { get; init; }

    /// <summary>When this start began, in UTC.</summary>
    public required DateTime Started { get; init; }

    /// <summary>How long this start took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether it went on with a run that had been interrupted.</summary>
    public required bool Resumed { get; init; }

    /// <summary>The id of the error that ended it, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The rows of results.csv, one for each training.</summary>
    public required PSObject[] Results { get; init; }
}
