using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Where the workers of a sweep run. All launchers share the folder, the worker and its exit codes (<see cref="WorkerExit"/>); they differ in how workers come to be.</summary>
[Catalogue("launcher")]
public abstract class Launcher
{
    /// <summary>Whether trials run in this process, where they share data and scripts with the session.</summary>
    public virtual bool IsInProcess => false;

    /// <summary>More parameters of Invoke-Trial for its workers, as text that begins with a space; empty for none.</summary>
    public virtual string WorkerOptions => "";

    /// <summary>Runs workers until the sweep has ended or is stopped; on the calling thread.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="cancellation">Stops the workers, which put their trials back.</param>
    /// <exception cref="ExperimentException">Workers cannot be started, or the sweep cannot be run as it is.</exception>
    public abstract WorkerExit Run(SweepLaunch launch, CancellationToken cancellation);
}
