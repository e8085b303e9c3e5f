using System.ComponentModel;
using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Launchers.Workers;

/// <summary>This machine.</summary>
internal sealed class LocalPlace(int workers) : WorkerPlace
{
    // The end of the input says enough where no network is in between; and a program that a trial starts may read the lines away.
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    internal override int Workers => workers;

    /// <inheritdoc/>
    internal override string Name => "This machine";

    /// <inheritdoc/>
    internal override WorkerProcess Start(SweepLaunch launch, Action onExit)
    {
        IReadOnlyList<string> command = launch.Shell!.Command(launch.WorkerScript(launch.Folder.Path, Silence));
        try
        {
            return WorkerProcess.Start(command, onExit);
        }
        catch (Win32Exception e)
        {
            throw new ExperimentException("WorkerFailed", ErrorKind.InvalidOperation, $"The worker process '{command[0]}' cannot be started: {e.Message}.", command[0], e);
        }
    }

    /// <inheritdoc/>
    internal override string? HopelessFor(WorkerProcess worker) => worker.ExitCode == (int)WorkerExit.BadConfiguration ? Describe(worker) : null;

    /// <inheritdoc/>
    internal override string Describe(WorkerProcess worker) => $"A worker process ended with {worker.ExitCode}{(worker.Said is { Length: > 0 } said ? $": {said}" : ".")}";
}
