using System.Text.Json.Nodes;

namespace DLExperiments.Sweeps.Running;

/// <summary>What a trial does. Each worker thread has one of its own, and calls it for one trial after another.</summary>
public abstract class TrialBody : IDisposable
{
    /// <summary>Runs a trial on the calling thread. Trainings in it report to the sweep by themselves (<see cref="Training.TrainingScope"/>).</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="cancellation">Cancelled when the sweep stops; the trial is then begun again another time.</param>
    /// <returns>The plain properties of its output; the objectives are read from them.</returns>
    /// <exception cref="Exception">The trial failed; the sweep goes on, and keeps the error.</exception>
    public abstract JsonObject Run(TrialAssignment trial, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived body holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
