using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>What a launcher is to run.</summary>
public sealed record SweepLaunch
{
    /// <summary>The sweep.</summary>
    public required SweepFolder Folder { get; init; }

    /// <summary>How many trials run at once.</summary>
    public required int Workers { get; init; }

    /// <summary>After what time no new trial is begun; null for never.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Makes what trials do in this process.</summary>
    public required Func<TrialBody> OpenBody { get; init; }

    /// <summary>Whether a trial does nothing but train a network, so that several may wait for each other and be trained together.</summary>
    public bool TrainsOnly { get; init; }

    /// <summary>What trainings in this process share; null for nothing.</summary>
    public SharedData? Shared { get; init; }

    /// <summary>The program and the arguments that start one worker in a process of its own, which runs one trial after another (Invoke-Trial).</summary>
    public required IReadOnlyList<string> WorkerCommand { get; init; }

    /// <summary>Called when a trial of this process has ended, on the thread that ran it; may be null.</summary>
    public Action<TrialRecord>? OnEnd { get; init; }

    /// <summary>Called with what is worth knowing, from any thread.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
