using System.Diagnostics;
using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Follows a sweep for the session: which trials have ended, the best so far, how long the rest will take.</summary>
internal sealed class SweepProgressWriter(Cmdlet cmdlet, SweepFolder folder)
{
    private static readonly TimeSpan ScanEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, SweepTrial> trials = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly List<SweepTrial> news = [];
    private long scanned;
    private int written;
    private bool shown;

    /// <summary>The trials that have ended, in their order.</summary>
    internal IReadOnlyList<SweepTrial> Trials => [.. trials.Values.OrderBy(t => t.Trial)];

    /// <summary>The trials that can be written now: rows come in the order of their numbers, so that the same sweep writes the same table; at the end whatever is there.</summary>
    internal IReadOnlyList<SweepTrial> TakeInOrder(bool all)
    {
        var ready = new List<SweepTrial>();
        while (trials.TryGetValue(written, out SweepTrial? next))
        {
            ready.Add(next);
            written++;
        }
        if (all) ready.AddRange(Trials.Where(t => t.Trial > written));
        return ready;
    }

    /// <summary>Takes note of a trial that has ended; false when it was known.</summary>
    internal bool Add(SweepTrial trial, bool isNew)
    {
        if (!trials.TryAdd(trial.Trial, trial)) return false;
        if (isNew) news.Add(trial);
        return true;
    }

    /// <summary>Whether it is time to look for what other processes have done.</summary>
    internal bool IsScanDue(Launcher launcher) => !launcher.IsInProcess && Stopwatch.GetElapsedTime(scanned) > ScanEvery;

    internal IEnumerable<SweepTrial> Scan()
    {
        scanned = Stopwatch.GetTimestamp();
        return SweepTable.Read(folder, waiting: false, [.. Enumerable.Range(0, folder.Plan.TrialCount).Where(i => !trials.ContainsKey(i))]).Where(t => t.Epochs is not null);
    }

    internal void Show()
    {
        int count = folder.Plan.TrialCount;
        string best = SweepTable.Best(folder.Plan, Trials) is [var only] ? FormattableString.Invariant($", best {folder.Plan.Objectives[0].Metric} {only.Value:G5} (trial {only.Trial})") : "";
        TimeSpan rest = news.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started) * ((double)(count - trials.Count) / news.Count);
        shown = true;
        cmdlet.WriteProgress(new ProgressRecord(1, "Sweep", $"{trials.Count} of {count} trials{best}")
        {
            PercentComplete = (int)(100L * trials.Count / count),
            SecondsRemaining = news.Count == 0 ? -1 : (int)Math.Min(rest.TotalSeconds, int.MaxValue),
        });
    }

    internal void Complete()
    {
        if (shown) cmdlet.WriteProgress(new ProgressRecord(1, "Sweep", "done") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>The error that every trial would have: all so far failed alike. A loss that is no number is an answer, and no such error.</summary>
    internal ExperimentException? Hopeless(int failures)
    {
        if (news.Count < failures || trials.Count > news.Count) return null;
        SweepTrial first = news[0];
        if (first.ErrorId is null or "NonFiniteLoss" or "NonFiniteMetric" || news.Any(t => t.ErrorId != first.ErrorId)) return null;
        return new ExperimentException("EveryTrialFails", ErrorKind.InvalidOperation,
            $"The first {news.Count} trials all failed with {first.ErrorId}: {first.Error}{(first.ErrorPosition is { } where ? $" ({where})" : "")}", folder.Path);
    }

    /// <summary>Says what is odd at the end.</summary>
    /// <param name="exit">How the workers ended.</param>
    /// <param name="isKept">Whether the sweep's folder stays, so that it can be gone on with.</param>
    internal void Report(WorkerExit exit, bool isKept)
    {
        int failed = trials.Values.Count(t => t.State == TrialState.Failed), open = folder.Plan.TrialCount - trials.Count;
        if (failed > 0) cmdlet.WriteWarning($"{failed} of {trials.Count} trials failed; they have their ErrorId and Error. {First()}{(isKept ? " Resume-Sweep -RetryFailed runs them again." : "")}");
        if (open > 0) cmdlet.WriteWarning($"{open} of {folder.Plan.TrialCount} trials are left{(exit == WorkerExit.Stopped ? " because the time was over" : "")}{(isKept ? "; Resume-Sweep goes on with them" : "; give -Path to go on with them another time")}.");
    }

    private string First()
    {
        SweepTrial trial = Trials.First(t => t.State == TrialState.Failed);
        return $"The first, trial {trial.Trial}: {trial.Error?.TrimEnd('.')}.";
    }
}
