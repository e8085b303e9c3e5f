using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DLExperiments.Sweeps.Running;

/// <summary>The threads and bodies of the trials that run beside a worker's own. Bodies are kept for later rounds, because one costs more than a small trial.</summary>
/// <param name="open">Makes a body.</param>
internal sealed class TrialPartners(Func<TrialBody> open) : IDisposable
{
    private readonly ConcurrentBag<TrialBody> bodies = [];
    private readonly List<Thread> threads = [];
    private readonly ConcurrentQueue<Exception> errors = [];

    /// <summary>Prepares a trial; the result begins it on a thread of its own.</summary>
    /// <param name="run">Runs the trial, given what opens its body.</param>
    internal Action Prepare(Action<Func<TrialBody>> run) => () =>
    {
        var thread = new Thread(() =>
        {
            TrialBody? body = null;
            try
            {
                run(() => body = bodies.TryTake(out TrialBody? free) ? free : open());
            }
            catch (Exception e)
            {
                // The worker's own thread says it: what is wrong here is wrong for all.
                errors.Enqueue(e);
            }
            if (body is not null) bodies.Add(body);
        }) { IsBackground = true, Name = "Sweep trial" };
        threads.Add(thread);
        thread.Start();
    };

    /// <summary>Waits for all trials that were begun.</summary>
    /// <exception cref="Exception">What one of them threw that was not its own.</exception>
    internal void Join()
    {
        foreach (Thread thread in threads) thread.Join();
        threads.Clear();
        if (errors.TryDequeue(out Exception? error)) ExceptionDispatchInfo.Throw(error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Thread thread in threads) thread.Join();
        foreach (TrialBody body in bodies) body.Dispose();
    }
}
