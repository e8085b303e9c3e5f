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

    /// <summary>The machines that trials run on; empty when it is this one, or a scheduler chooses.</summary>
    public virtual IReadOnlyList<string> Hosts => [];

    /// <summary>How many trials run at once when nobody says.</summary>
    public virtual int UsualWorkers => Environment.ProcessorCount;

    /// <summary>The threads of a training that names none, with so many trials at once; null for the worker's own choice.</summary>
    /// <param name="workers">How many trials run at once.</param>
    public virtual int? ThreadsFor(int workers) => Math.Max(1, Environment.ProcessorCount / workers);

    /// <summary>Says before anything runs what is missing.</summary>
    /// <exception cref="ExperimentException">What is missing.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Runs workers until the sweep has ended or is stopped; on the calling thread.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="cancellation">Stops the workers, which put their trials back.</param>
    /// <exception cref="ExperimentException">Workers cannot be started, or the sweep cannot be run as it is.</exception>
    public abstract WorkerExit Run(SweepLaunch launch, CancellationToken cancellation);
}
