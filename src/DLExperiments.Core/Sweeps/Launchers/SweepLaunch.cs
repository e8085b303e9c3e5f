using System.Diagnostics;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>What a launcher is to run.</summary>
public sealed record SweepLaunch
{
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>The sweep.</summary>
    public required SweepFolder Folder { get; init; }

    /// <summary>How many trials run at once.</summary>
    public required int Workers { get; init; }

    /// <summary>After what time no new trial is begun; null for never.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Makes what trials do in this process.</summary>
    public required Func<TrialBody> OpenBody { get; init; }

    /// <summary>What trainings in this process share; null for nothing.</summary>
    public SharedData? Shared { get; init; }

    /// <summary>What is known of the trials before one has run.</summary>
    public TrialNature Nature { get; init; } = new();

    /// <summary>What runs workers that are processes of their own; null when there is nothing that could, and then only launchers that stay in this process run.</summary>
    public required WorkerShell? Shell { get; init; }

    /// <summary>Called when a trial of this process has ended, on the thread that ran it; may be null.</summary>
    public Action<TrialRecord>? OnEnd { get; init; }

    /// <summary>Called when it is chosen where trials run, from any thread.</summary>
    public Action<LauncherDecision> OnDecision { get; init; } = _ => { };

    /// <summary>Called with what is worth knowing, from any thread.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Whether the time is over, so that no new trial is begun.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(started) >= MaxTime;

    /// <summary>The command of a worker, which runs one trial after another and writes its exit code.</summary>
    /// <param name="sweep">Path of the sweep's folder, as the worker sees it.</param>
    /// <param name="silence">It ends when its standard input, to which the launcher writes while it lives, ends or is silent for so long; null for a worker that has no launcher to wait for it.</param>
    /// <param name="options">More parameters of Invoke-Trial, as text that begins with a space.</param>
    public string WorkerScript(string sweep, TimeSpan? silence, string options = "")
    {
        string time = MaxTime is { } most ? FormattableString.Invariant($" -MaxTime '{TimeSpan.FromTicks(Math.Max(0, (most - Stopwatch.GetElapsedTime(started)).Ticks)):c}'") : "";
        return $"Invoke-Trial -Path {WorkerShell.Quote(sweep)} -ExitCode{(silence is { } longest ? FormattableString.Invariant($" -InputTime '{longest:c}'") : "")}{options}{time}";
    }
}
