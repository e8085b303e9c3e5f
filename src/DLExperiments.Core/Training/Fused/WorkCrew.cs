using DLExperiments.Networks;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Fused;

/// <summary>
/// Threads that share a piece of work: each has its own part of it, always the same, so that nothing depends on which is the faster. Waking them
/// costs some microseconds, which only wide layers are worth; they allocate nothing.
/// </summary>
internal sealed class WorkCrew : IDisposable
{
    /// <summary>From so many products on (512 inputs, 512 outputs, 32 rows, say) a layer's work is shared.</summary>
    internal const long FewestProducts = 8_000_000;

    // So often a thread looks out for work before it sleeps: layers follow one another within microseconds.
    private const int Spins = 50;

    private readonly Thread[] threads;
    private readonly AutoResetEvent[] starts;
    private readonly AutoResetEvent done = new(false);
    private Action<int>? work;
    private int round, busy;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many take part, the caller's own included; at least 2.</param>
    internal WorkCrew(int count)
    {
        threads = new Thread[count - 1];
        starts = new AutoResetEvent[count - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int own = i;
            starts[i] = new AutoResetEvent(false);
            threads[i] = new Thread(() => Serve(own)) { IsBackground = true, Name = "DLExperiments layer work" };
            threads[i].Start();
        }
    }

    /// <summary>How many take part.</summary>
    internal int Count => threads.Length + 1;

    /// <summary>How many threads a training uses: one, unless a layer is wide enough to share.</summary>
    /// <param name="settings">The training.</param>
    internal static int Choose(EngineSettings settings) =>
        settings.Network.Layers.Any(l => IsWide(l, settings.BatchSize)) ? settings.Threads ?? Environment.ProcessorCount : 1;

    /// <summary>Whether a layer has enough work to share.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">Rows in a batch.</param>
    internal static bool IsWide(LayerNode layer, int rows) => layer.MultiplyAdds * rows >= FewestProducts;

    /// <summary>Does a piece of work: calls it once for each part, from 0 to <see cref="Count"/> - 1, and waits for all.</summary>
    /// <param name="work">What to do for a part; it must not throw.</param>
    internal void Run(Action<int> work)
    {
        this.work = work;
        busy = threads.Length;
        Begin();
        work(threads.Length);
        var spin = new SpinWait();
        // An event may still be set from a round that was seen without it: only the counters say what is so.
        while (Volatile.Read(ref busy) > 0)
        {
            if (spin.Count < Spins) spin.SpinOnce(sleep1Threshold: -1);
            else done.WaitOne();
        }
    }

    /// <summary>A part's share of some units: from where to where.</summary>
    /// <param name="part">The part.</param>
    /// <param name="units">How many units there are.</param>
    internal (int From, int To) Share(int part, int units) => ((int)((long)units * part / Count), (int)((long)units * (part + 1) / Count));

    /// <inheritdoc/>
    public void Dispose()
    {
        work = null;
        Begin();
        foreach (Thread thread in threads) thread.Join();
        foreach (AutoResetEvent start in starts) start.Dispose();
        done.Dispose();
    }

    private void Begin()
    {
        Interlocked.Increment(ref round);
        foreach (AutoResetEvent start in starts) start.Set();
    }

    private void Serve(int own)
    {
        for (int seen = 0; ; seen++)
        {
            var spin = new SpinWait();
            while (Volatile.Read(ref round) == seen)
            {
                if (spin.Count < Spins) spin.SpinOnce(sleep1Threshold: -1);
                else starts[own].WaitOne();
            }
            if (work is not { } now) return;
            now(own);
            if (Interlocked.Decrement(ref busy) == 0) done.Set();
        }
    }
}
