using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Trials side by side in this process, one thread each: they share the data, and nothing has to start for a trial.</summary>
[CatalogueEntry("Threads")]
public sealed class ThreadLauncher : Launcher
{
    /// <summary>How many small networks one thread trains together as one, where that is faster; 1 for none. Results are the same.</summary>
    [Range(1, 1024)]
    public int MaxStack { get; set; } = 16;

    /// <inheritdoc/>
    public override bool IsInProcess => true;

    /// <inheritdoc/>
    internal override int StackLimit => MaxStack;

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation) => Run(launch, null, cancellation);

    internal WorkerExit Run(SweepLaunch launch, Action<StepPace>? onPace, CancellationToken cancellation) => new SweepRunner(launch.Folder)
    {
        Workers = launch.Workers, MaxTime = launch.MaxTime, OnEnd = launch.OnEnd, Shared = launch.Shared, OnPace = onPace, WaitsForOthers = true, MaxStack = launch.TrainsOnly ? MaxStack : 1,
    }.Run(launch.OpenBody, cancellation);
}
