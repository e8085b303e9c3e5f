using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Running;

/// <summary>What this process knows of the trials that have ended, and what a trial may know of those before it. Safe for several threads.</summary>
internal sealed class SweepLedger
{
    private readonly SweepFolder folder;
    private readonly SweepPlan plan;
    private readonly TrialRecord?[] ended;
    private readonly Dictionary<string, int> byKey = [];
    private readonly object gate = new();
    private int firstOpen;

    internal SweepLedger(SweepFolder folder)
    {
        this.folder = folder;
        plan = folder.Plan;
        ended = new TrialRecord?[plan.TrialCount];
    }

    /// <summary>The first trial that is not known to have ended.</summary>
    internal int FirstOpen
    {
        get
        {
            lock (gate)
            {
                while (firstOpen < ended.Length && ended[firstOpen] is not null) firstOpen++;
                return firstOpen;
            }
        }
    }

    /// <summary>Whether a trial has ended; looks at the disk when this process does not know it yet.</summary>
    internal TrialRecord? Find(int index)
    {
        lock (gate)
            if (ended[index] is { } known) return known;
        if (folder.Read(index) is not { } read) return null;
        Add(read);
        return read;
    }

    internal void Add(TrialRecord record)
    {
        lock (gate)
        {
            ended[record.Index] = record;
            if (record.State == TrialState.Finished && record.SameAs is null) byKey.TryAdd(record.Key, record.Index);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>A finished trial of the same key, or null.</summary>
    internal TrialRecord? FindKey(string key)
    {
        lock (gate) return byKey.TryGetValue(key, out int index) ? ended[index] : null;
    }

    /// <summary>Waits until another trial has ended, but not long: those of other processes do not tell.</summary>
    internal void Wait(TimeSpan most)
    {
        lock (gate) Monitor.Wait(gate, most);
    }

    /// <summary>Whether all trials have ended that a point may look at.</summary>
    internal bool IsReady(int point)
    {
        if (!plan.Learns) return true;
        int needed = Math.Max(0, point - plan.Lag + 1) * plan.TrialsPerPoint;
        for (int i = FirstOpen; i < needed; i++)
            if (Find(i) is null) return false;
        return true;
    }

    /// <summary>The points that a point may look at, with their mean cost over repeats and folds; for several objectives see <see cref="ParetoRank"/>.</summary>
    internal IReadOnlyList<SamplePoint> PointsBefore(int point)
    {
        int count = Math.Max(0, point - plan.Lag + 1), each = plan.TrialsPerPoint;
        var points = new SamplePoint[count];
        double[][] costs = new double[count][];
        for (int p = 0; p < count; p++)
        {
            TrialRecord[] runs = [.. Enumerable.Range(p * each, each).Select(i => Find(i)!)];
            bool failed = runs.Any(r => r.State == TrialState.Failed);
            costs[p] = [.. plan.Objectives.Select((o, k) => failed ? double.NaN : runs.Average(r => o.CostOf(r.Values[k])))];
            points[p] = new SamplePoint(p, runs[0].Place, costs[p][0], runs.Any(r => r.State == TrialState.Pruned));
        }
        if (plan.Objectives.Count == 1) return points;
        double[] ranks = ParetoRank.Of(costs);
        return [.. points.Select((p, i) => p with { Cost = ranks[i] })];
    }

    /// <summary>The curves of earlier points in the same repeat and fold: pruners compare under equal chances.</summary>
    internal IReadOnlyList<(int Trial, IReadOnlyList<double> Costs)> CurvesBefore(int point, int run)
    {
        if (plan.Pruner?.Compares != true) return [];
        int count = Math.Max(0, point - plan.Lag + 1);
        return [.. Enumerable.Range(0, count).Select(p => (p, Find(p * plan.TrialsPerPoint + run)!.Curve))];
    }
}
