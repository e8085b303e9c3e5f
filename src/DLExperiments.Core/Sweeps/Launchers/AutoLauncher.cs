using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>
/// Threads or Processes, whichever suits the trials (<see cref="LauncherChoice"/>). They begin as threads; when the first steps say that processes suit them better, they are put back,
/// and processes begin them again.
/// </summary>
[CatalogueEntry("Auto")]
public sealed class AutoLauncher : Launcher
{
    private volatile bool hasMovedOut;

    /// <inheritdoc/>
    public override bool IsInProcess => !hasMovedOut;

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation)
    {
        int workers = Math.Min(launch.Workers, launch.Folder.Plan.TrialCount);
        LauncherDecision decision = LauncherChoice.Decide(launch.Nature, workers, null);
        if (launch.Shell is null && decision.Launcher == "Processes")
            decision = new("Threads", $"Threads: there is no shell to start processes with ({decision.Reason}).");
        launch.OnDecision(decision);
        if (decision.Launcher == "Processes") return MoveOut(launch, cancellation);
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        LauncherDecision? other = null;
        int isAsked = 0;
        WorkerExit exit = ThreadLauncher.Run(launch, launch.Shell is null ? null : pace =>
        {
            if (Interlocked.Exchange(ref isAsked, 1) != 0) return;
            decision = LauncherChoice.Decide(launch.Nature, workers, pace);
            launch.OnDecision(decision);
            if (decision.Launcher != "Processes") return;
            other = decision;
            turn.Cancel();
        }, turn.Token);
        return other is null || cancellation.IsCancellationRequested ? exit : MoveOut(launch, cancellation);
    }

    private WorkerExit MoveOut(SweepLaunch launch, CancellationToken cancellation)
    {
        hasMovedOut = true;
        return new ProcessLauncher().Run(launch, cancellation);
    }
}
