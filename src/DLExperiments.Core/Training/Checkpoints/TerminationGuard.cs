using System.Runtime.InteropServices;

namespace DLExperiments.Training.Checkpoints;

/// <summary>
/// While a training keeps checkpoints, SIGTERM (a cluster's "time is up") stops it after the batch; the process ends when the last checkpoint
/// is on disk. Where someone else handles the signal and cancels its effect, the process goes on with the result so far.
/// </summary>
internal sealed class TerminationGuard : IDisposable
{
    private readonly CancellationTokenSource stopping;
    private readonly ManualResetEventSlim finished = new();
    private readonly PosixSignalRegistration registration;
    private int waiting;

    internal TerminationGuard(CancellationToken cancellation)
    {
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
        {
            Interlocked.Increment(ref waiting);
            stopping.Cancel();
            // The system's own answer to the signal, the end of the process, comes after the handlers have returned.
            finished.Wait();
        });
    }

    /// <summary>Cancelled by the caller's token or by the signal.</summary>
    internal CancellationToken Token => stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        finished.Set();
        registration.Dispose();
        if (Volatile.Read(ref waiting) > 0) return; // a handler may still look at what would be freed here
        stopping.Dispose();
        finished.Dispose();
    }
}
