using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Launchers.Workers;

/// <summary>A machine that workers run on, as their launcher meets it.</summary>
internal abstract class WorkerPlace
{
    /// <summary>How many workers it has at most.</summary>
    internal abstract int Workers { get; }

    /// <summary>What stands for it in messages, as the subject of a sentence.</summary>
    internal abstract string Name { get; }

    /// <summary>Starts a worker.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="onExit">Called when it has ended.</param>
    /// <exception cref="ExperimentException">Its program is not on this machine.</exception>
    internal abstract WorkerProcess Start(SweepLaunch launch, Action onExit);

    /// <summary>Why no worker can run here, however often it is tried; null when another may do better.</summary>
    /// <param name="worker">A worker that has ended.</param>
    internal abstract string? HopelessFor(WorkerProcess worker);

    /// <summary>In words, how a worker ended that ended without an exit code of its own.</summary>
    internal abstract string Describe(WorkerProcess worker);

    /// <summary>The exit code of a worker, or null when it was cut short.</summary>
    internal static WorkerExit? ExitOf(WorkerProcess worker) => worker.ExitCode switch
    {
        143 => WorkerExit.Stopped, // ended by SIGTERM after it had put its trial back
        var code when Enum.IsDefined((WorkerExit)code) => (WorkerExit)code,
        _ => null,
    };
}
