using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Tables;

/// <summary>Reads the trials of a sweep, while it runs, after a crash, from another machine: only the folder is needed.</summary>
public static class SweepTable
{
    /// <summary>Reads trials.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="waiting">Whether trials that nobody has begun count too.</param>
    /// <param name="indices">Which trials; null for all.</param>
    /// <returns>The trials in their order.</returns>
    public static IReadOnlyList<SweepTrial> Read(SweepFolder folder, bool waiting = false, IReadOnlyList<int>? indices = null)
    {
        int[] which = indices is null ? [.. Enumerable.Range(0, folder.Plan.TrialCount)] : [.. indices.Where(i => i >= 0 && i < folder.Plan.TrialCount)];
        // What nobody has begun has no folder: one listing spares a look at each of thousands.
        string trials = System.IO.Path.Combine(folder.Path, "trials");
        HashSet<string> begun = Directory.Exists(trials) ? [.. Directory.EnumerateDirectories(trials).Select(d => System.IO.Path.GetFileName(d)!)] : [];
        var rows = new SweepTrial?[which.Length];
        Parallel.For(0, which.Length, i =>
        {
            SweepTrial? row = begun.Contains(System.IO.Path.GetFileName(folder.FolderOf(which[i]))) ? Of(folder, which[i]) : Open(folder, which[i], TrialState.Waiting, null);
            rows[i] = row?.State == TrialState.Waiting && !waiting ? null : row;
        });
        return WithFronts(folder.Plan, [.. rows.Where(r => r is not null)!]);
    }

    /// <summary>The row of a trial that has ended.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="record">What it left.</param>
    public static SweepTrial Of(SweepFolder folder, TrialRecord record)
    {
        SweepPlan plan = folder.Plan;
        return Open(folder, record.Index, record.State, record.Place) with
        {
            Value = record.Values.Count > 0 ? record.Values[0] : null,
            Metrics = plan.Objectives.Zip(record.Values).ToDictionary(p => p.First.Metric, p => p.Second),
            Output = record.Output,
            Seed = record.Seed,
            Epochs = record.Curve.Count,
            Curve = record.Curve,
            Duration = record.Duration,
            Started = record.Started,
            Worker = record.Worker,
            Attempt = record.Attempt,
            SameAs = record.SameAs,
            ErrorId = record.ErrorId,
            Error = record.Error,
            ErrorPosition = record.ErrorPosition,
        };
    }

    /// <summary>The best trials: of one objective the best of those that ended well (one), of several all that no other beats.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="trials">Its trials.</param>
    public static IReadOnlyList<SweepTrial> Best(SweepPlan plan, IReadOnlyList<SweepTrial> trials) =>
        plan.Objectives.Count > 1 ? [.. trials.Where(t => t.Front == 0)]
        : trials.Where(t => t.State == TrialState.Finished && t.Value is not null).MinBy(t => plan.Objectives[0].CostOf(t.Value!.Value)) is { } best ? [best] : [];

    private static SweepTrial Of(SweepFolder folder, int index)
    {
        if (folder.Read(index) is { } record) return Of(folder, record);
        ClaimNote? note = folder.NoteOf(index);
        // It may have ended since.
        if (note is null && folder.Read(index) is { } ended) return Of(folder, ended);
        TrialState state = folder.StateOf(index);
        if (note is null || state is not (TrialState.Running or TrialState.Interrupted)) return Open(folder, index, TrialState.Waiting, null);
        return Open(folder, index, state, note.Place) with
        {
            Started = note.Worker is null ? null : note.Time,
            Duration = state == TrialState.Running && note.Worker is not null ? DateTime.UtcNow - note.Time : null,
            Worker = note.Worker?.ToString(),
            Attempt = note.Attempt,
        };
    }

    private static SweepTrial Open(SweepFolder folder, int index, TrialState state, double[]? place)
    {
        SweepPlan plan = folder.Plan;
        int run = index % plan.TrialsPerPoint;
        return new SweepTrial
        {
            Trial = index, State = state, Parameters = place is null ? null : plan.Space.At(place), Point = index / plan.TrialsPerPoint, Repeat = run / plan.Folds,
            Fold = plan.Folds > 1 ? run % plan.Folds : null, Seed = plan.Seed + run / plan.Folds, Path = folder.FolderOf(index),
        };
    }

    private static IReadOnlyList<SweepTrial> WithFronts(SweepPlan plan, IReadOnlyList<SweepTrial> rows)
    {
        if (plan.Objectives.Count < 2) return rows;
        double[] ranks = ParetoRank.Of([.. rows.Select(r => r.State == TrialState.Finished
            ? plan.Objectives.Select(o => o.CostOf(r.Metrics[o.Metric])).ToArray() : [double.NaN])]);
        return [.. rows.Select((r, i) => r with { Front = double.IsNaN(ranks[i]) ? null : (int)ranks[i] })];
    }
}
