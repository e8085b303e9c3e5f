using System.Diagnostics;
using DLExperiments.Errors;

namespace DLExperiments.Sweeps.Launchers.Workers;

/// <summary>
/// Keeps workers at a sweep until its trials have ended. What has ended it reads from the folder. A worker that is cut short leaves its trial to the others, and another takes its place;
/// a machine whose workers end again and again, without a trial ending meanwhile, is given up.
/// </summary>
internal sealed class WorkerCrew(SweepLaunch launch, IReadOnlyList<WorkerPlace> places)
{
    // How often the folder is looked at and workers are told that their launcher lives.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), BeatEvery = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(1);

    private readonly List<Post> posts = [.. places.SelectMany(p => Enumerable.Range(0, p.Workers).Select(_ => new Post(p)))];
    private readonly Dictionary<WorkerPlace, int> fruitless = places.ToDictionary(p => p, _ => 0);
    private readonly List<string> reasons = [];
    private readonly AutoResetEvent ended = new(false);
    private readonly List<int> open = [.. Enumerable.Range(0, launch.Folder.Plan.TrialCount)];

    /// <summary>Runs the workers to the end of the sweep.</summary>
    /// <param name="stopTime">How long workers may take to put their trials back when they are stopped; null for as long as it takes.</param>
    /// <param name="cancellation">Stops them.</param>
    /// <exception cref="ExperimentException">WorkerFailed: no place is left.</exception>
    internal WorkerExit Run(TimeSpan? stopTime, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(() => ended.Set());
        using var beat = new Timer(_ => Beat(), null, BeatEvery, BeatEvery);
        try
        {
            for (; ; )
            {
                foreach (Post post in posts.Where(p => p.Worker?.HasExited == true)) Harvest(post);
                bool isIdle = posts.All(p => p.Worker is null);
                if (!HasOpen() && isIdle) return Finish();
                if (cancellation.IsCancellationRequested) return WorkerExit.Stopped;
                if (isIdle && posts.All(p => p.IsOver))
                    return posts.Any(p => p.WasStopped) ? WorkerExit.Stopped : throw new ExperimentException("WorkerFailed", ErrorKind.InvalidOperation, $"No worker is left to run trials. {string.Join(' ', reasons.Distinct())}", launch.Folder.Path);
                if (isIdle && launch.IsOver) return WorkerExit.Stopped;
                if (!launch.IsOver) Man();
                ended.WaitOne(Look);
            }
        }
        finally
        {
            // However this ends, no worker goes on alone.
            StopAll(stopTime);
            foreach (Post post in posts) post.Worker?.Dispose();
        }
    }

    private bool HasOpen()
    {
        open.RemoveAll(launch.Folder.HasResult);
        return open.Count > 0;
    }

    /// <summary>Starts workers where there is a trial for them.</summary>
    private void Man()
    {
        Post[] free = [.. posts.Where(p => p.Worker is null && !p.IsOver && Stopwatch.GetElapsedTime(p.Since) >= p.Pause)];
        if (free.Length == 0) return;
        int trials = open.Where(i => launch.Folder.StateOf(i) is TrialState.Waiting or TrialState.Interrupted).Take(free.Length).Count();
        foreach (Post post in free.Take(trials))
        {
            post.OpenAtStart = open.Count;
            post.Worker = post.Place.Start(launch, () => ended.Set());
        }
    }

    private void Harvest(Post post)
    {
        using WorkerProcess worker = post.Worker!;
        worker.Wait();
        (post.Worker, post.Since, post.Pause) = (null, Stopwatch.GetTimestamp(), TimeSpan.Zero);
        if (post.Place.HopelessFor(worker) is { } why)
        {
            GiveUp(post.Place, why);
            return;
        }
        HasOpen();
        WorkerExit? exit = WorkerPlace.ExitOf(worker);
        if (exit == WorkerExit.Stopped && !launch.IsOver)
        {
            // Somebody on its machine wants it to end.
            (post.IsOver, post.WasStopped) = (true, true);
            return;
        }
        if (open.Count == 0) return;
        int times = fruitless[post.Place] = open.Count < post.OpenAtStart ? 0 : fruitless[post.Place] + 1;
        if (exit is not null)
        {
            // It found nothing that it could take, though it seemed so from here.
            post.Pause = Pause(times);
            return;
        }
        string how = post.Place.Describe(worker);
        if (times > Math.Max(1, launch.Folder.Plan.MaxRetry) * post.Place.Workers)
        {
            GiveUp(post.Place, how);
            return;
        }
        post.Pause = Pause(times);
        launch.Warn($"{how} A new one goes on.");
    }

    private static TimeSpan Pause(int times) => times == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(times, 10))));

    private void GiveUp(WorkerPlace place, string why)
    {
        if (posts.Any(p => p.Place == place && !p.IsOver))
        {
            reasons.Add(why);
            // What is wrong everywhere is an error, and said once.
            if (posts.Any(p => p.Place != place && !p.IsOver)) launch.Warn($"{why} The others go on.");
        }
        foreach (Post post in posts.Where(p => p.Place == place)) post.IsOver = true;
    }

    private WorkerExit Finish() => Enumerable.Range(0, launch.Folder.Plan.TrialCount).Any(i => launch.Folder.Read(i)?.State == TrialState.Failed) ? WorkerExit.TrialFailed : WorkerExit.Done;

    private void Beat()
    {
        foreach (Post post in posts) post.Worker?.Beat();
    }

    private void StopAll(TimeSpan? stopTime)
    {
        Post[] busy = [.. posts.Where(p => p.Worker is not null)];
        foreach (Post post in busy) post.Worker!.Stop();
        long from = Stopwatch.GetTimestamp();
        foreach (Post post in busy)
        {
            TimeSpan? left = stopTime is { } most ? TimeSpan.FromTicks(Math.Max(0, (most - Stopwatch.GetElapsedTime(from)).Ticks)) : null;
            if (post.Worker!.Wait(left)) continue;
            launch.Warn($"{post.Place.Name} has not said that its worker ended; the connection is closed.");
            post.Worker.Kill();
        }
    }

    /// <summary>Room for one worker.</summary>
    private sealed class Post(WorkerPlace place)
    {
        internal WorkerPlace Place => place;

        internal WorkerProcess? Worker { get; set; }

        internal long Since { get; set; }

        internal TimeSpan Pause { get; set; }

        internal int OpenAtStart { get; set; }

        /// <summary>Whether no worker is started here any more.</summary>
        internal bool IsOver { get; set; }

        internal bool WasStopped { get; set; }
    }
}
