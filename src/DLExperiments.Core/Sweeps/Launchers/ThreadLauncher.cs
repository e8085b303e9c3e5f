using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Trials side by side in this process, one thread each: they share the data, and nothing has to start for a trial.</summary>
[CatalogueEntry("Threads")]
public sealed class ThreadLauncher : Launcher
{
    /// <inheritdoc/>
    public override bool IsInProcess => true;

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation) => Run(launch, null, cancellation);

    internal static WorkerExit Run(SweepLaunch launch, Action<StepPace>? onPace, CancellationToken cancellation) =>
        new SweepRunner(launch.Folder) { Workers = launch.Workers, MaxTime = launch.MaxTime, OnEnd = launch.OnEnd, Shared = launch.Shared, OnPace = onPace, WaitsForOthers = true }.Run(launch.OpenBody, cancellation);
}
