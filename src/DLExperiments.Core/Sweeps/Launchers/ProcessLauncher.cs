using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Launchers.Workers;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Trials in worker processes on this machine, so that one that crashes takes no other with it. The trial must be a script that gets its own data.</summary>
[CatalogueEntry("Processes")]
public sealed class ProcessLauncher : Launcher
{
    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation) =>
        new WorkerCrew(launch, [new LocalPlace(launch.Workers)]).Run(stopTime: null, cancellation);
}
