using System.Diagnostics;
using System.Runtime.ExceptionServices;
using DLExperiments.Data;

namespace DLExperiments.Training.Prefetching;

/// <summary>
/// Makes the batches that are asked for next while the current one is computed: decodes rows from files and augments them, on threads of its
/// own, never more than a bounded number of batches ahead. Batches depend on their place alone, so which thread makes what, how far ahead, and
/// where a resumed training begins leave no trace in the numbers.
/// </summary>
internal sealed class BatchPrefetcher : IDisposable
{
    private const long AheadBytes = 256L << 20;
    private const int MostWorkers = 16, RowsAtATime = 8;

    private readonly object gate = new();
    private readonly PreparedPiece piece;
    private readonly bool augments;
    private readonly long seed;
    private readonly Func<BatchPlace, BatchPlace?> follow;
    private readonly LinkedList<PrefetchedBatch> ahead = new();
    private readonly Stack<PrefetchedBatch> used = new();
    private readonly Thread[] workers;
    private int[] order = [];
    private BatchPlace? planned;
    private bool isStopped;
    private long waited;

    /// <summary>Starts the threads; they wait until the first batch is asked for.</summary>
    /// <param name="piece">The rows.</param>
    /// <param name="augments">Whether the rows are trained on, so that their augmentations apply.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="follow">The batch after one, or null after the epoch's last.</param>
    internal BatchPrefetcher(PreparedPiece piece, bool augments, long seed, Func<BatchPlace, BatchPlace?> follow)
    {
        this.piece = piece;
        this.augments = augments && piece.IsAugmented && Takes(piece, augments, 0);
        this.seed = seed;
        this.follow = follow;
        workers = new Thread[Math.Clamp(Environment.ProcessorCount, 1, MostWorkers)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"Data {i}" };
            workers[i].Start();
        }
    }

    /// <summary>How long batches were waited for.</summary>
    internal TimeSpan Waited => TimeSpan.FromSeconds((double)waited / Stopwatch.Frequency);

    /// <summary>Whether a thread of it still runs.</summary>
    internal bool IsAlive => Array.Exists(workers, w => w.IsAlive);

    /// <summary>The most batches that are held, made or being made.</summary>
    internal int Depth { get; private set; } = 2;

    /// <summary>How many batches are held, made or being made.</summary>
    internal int Held
    {
        get
        {
            lock (gate) return ahead.Count;
        }
    }

    /// <summary>Whether a feature comes from here.</summary>
    internal static bool Takes(PreparedPiece piece, bool augments, int feature) => InputOf(piece, feature) >= 0 && (piece.Data.Features[feature].IsLazy || (augments && piece.IsAugmented && feature == 0));

    /// <summary>Whether anything of a piece comes from here.</summary>
    internal static bool Takes(PreparedPiece piece, bool augments) => Enumerable.Range(0, piece.Data.Features.Count).Any(feature => Takes(piece, augments, feature));

    /// <summary>Sets the order of the rows and forgets what was made.</summary>
    /// <param name="order">A permutation, or empty for the order in which they are.</param>
    internal void Begin(int[] order)
    {
        lock (gate)
        {
            Forget();
            this.order = order;
        }
    }

    /// <summary>Waits for a batch and begins those after it.</summary>
    /// <param name="place">Which.</param>
    /// <returns>The batch; to be given back by <see cref="Return"/>.</returns>
    /// <exception cref="Errors.ExperimentException">What the batch's rows said; for example CorruptImage.</exception>
    internal PrefetchedBatch Take(BatchPlace place)
    {
        long started = Stopwatch.GetTimestamp();
        PrefetchedBatch batch;
        lock (gate)
        {
            if (ahead.First?.Value.Place != place)
            {
                Forget();
                Plan(place);
            }
            batch = ahead.First!.Value;
            Monitor.PulseAll(gate);
            while (!batch.IsReady) Monitor.Wait(gate);
            ahead.RemoveFirst();
            Monitor.PulseAll(gate);
        }
        waited += Stopwatch.GetTimestamp() - started;
        batch.Fault?.Throw();
        return batch;
    }

    /// <summary>Gives a batch's memory back for another.</summary>
    internal void Return(PrefetchedBatch batch)
    {
        lock (gate) used.Push(batch);
    }

    /// <summary>Ends the threads and waits for them; each ends with the row in its hands.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
            Monitor.PulseAll(gate);
        }
        foreach (Thread worker in workers) worker.Join();
    }

    private void Forget()
    {
        // A batch that is being made stays with the threads that make it; its memory is not used again.
        ahead.Clear();
        planned = null;
    }

    private void Plan(BatchPlace place)
    {
        int[] rows = order.Length == 0 ? [.. Enumerable.Range(place.First, place.Count)] : order[place.First..(place.First + place.Count)];
        var features = new Array?[piece.Data.Features.Count];
        PrefetchedBatch? old = used.Count > 0 ? used.Pop() : null;
        long bytes = 0;
        for (int i = 0; i < features.Length; i++)
        {
            if (!Takes(piece, augments, i)) continue;
            int length = rows.Length * piece.Data.Features[i].ItemShape.ElementCount;
            bool asBytes = PixelsOf(i) is not null;
            bytes += length * (asBytes ? 1L : 4L);
            features[i] = old?.Features[i] is { } known && known.Length == length ? known : asBytes ? new byte[length] : new float[length];
        }
        Depth = (int)Math.Clamp(AheadBytes / Math.Max(1, bytes), 2, 2 * workers.Length + 2);
        ahead.AddLast(new PrefetchedBatch(place, rows, features));
        planned = place;
    }

    private void Work()
    {
        while (true)
        {
            PrefetchedBatch? batch = null;
            int first, count;
            lock (gate)
            {
                while (!isStopped && (batch = FindWork()) is null) Monitor.Wait(gate);
                if (isStopped || batch is null) return;
                first = batch.Next;
                count = Math.Min(RowsAtATime, batch.Rows.Length - first);
                batch.Next += count;
            }
            Make(batch, first, count);
        }
    }

    private PrefetchedBatch? FindWork()
    {
        foreach (PrefetchedBatch batch in ahead)
            if (batch.Next < batch.Rows.Length) return batch;
        if (planned is not { } last || ahead.Count >= Depth || follow(last) is not { } next) return null;
        Plan(next);
        return ahead.Last!.Value;
    }

    private void Make(PrefetchedBatch batch, int first, int count)
    {
        ExceptionDispatchInfo? fault = null;
        try
        {
            for (int i = 0; i < batch.Features.Length; i++)
                if (batch.Features[i] is { } room) Read(i, batch, room, first, count);
        }
        catch (Exception e)
        {
            fault = ExceptionDispatchInfo.Capture(e);
        }
        bool last;
        lock (gate)
        {
            batch.Fault ??= fault;
            last = (batch.Remaining -= count) == 0;
        }
        if (!last) return;
        if (augments && batch.Fault is null)
        {
            try
            {
                batch.Targets = piece.Augment(batch.Rows, (float[])batch.Features[0]!, seed, batch.Place.Number);
            }
            catch (Exception e)
            {
                batch.Fault = ExceptionDispatchInfo.Capture(e);
            }
        }
        lock (gate)
        {
            batch.IsReady = true;
            Monitor.PulseAll(gate);
        }
    }

    private void Read(int feature, PrefetchedBatch batch, Array room, int first, int count)
    {
        int size = piece.Data.Features[feature].ItemShape.ElementCount;
        PixelColumn? pixels = PixelsOf(feature);
        // Row by row: each call for several rows would start threads of its own.
        for (int i = first; i < first + count; i++)
        {
            ReadOnlySpan<int> row = batch.Rows.AsSpan(i, 1);
            if (pixels is not null) piece.ReadBytes(pixels, row, ((byte[])room).AsSpan(i * size, size));
            else if (augments && feature == 0) piece.Data.ReadFeature(0, row, ((float[])room).AsSpan(i * size, size));
            else piece.ReadInput(InputOf(piece, feature), row, ((float[])room).AsSpan(i * size, size));
        }
    }

    /// <summary>The feature when its bytes go to the network as they are.</summary>
    private PixelColumn? PixelsOf(int feature) => augments && feature == 0 ? null : piece.BytesOf(InputOf(piece, feature));

    /// <summary>The input that a feature feeds, the first of several; -1 for none.</summary>
    private static int InputOf(PreparedPiece piece, int feature)
    {
        for (int i = 0; i < piece.Sources.Count; i++)
            if (piece.Sources[i].Feature == feature) return i;
        return -1;
    }
}
