using DLExperiments.Sweeps.Store;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Sweeps.Running;

// Trials that one thread trains together as one network.
public sealed partial class SweepRunner
{
    /// <summary>Takes more trials that can begin now, for the worker that has one already: its share of all that are left, so that every worker has as many.</summary>
    /// <param name="wanted">How many at most.</param>
    /// <param name="cancellation">Stops it.</param>
    private List<(TrialAssignment Trial, TrialClaim Claim, double[] Place)> TakeMore(int wanted, CancellationToken cancellation)
    {
        var taken = new List<(TrialAssignment, TrialClaim, double[])>();
        if (MaxTrials is not null) return taken;
        List<int> open = FindOpen((wanted + 1) * Workers);
        wanted = Math.Min(wanted, ((open.Count + Workers - 1) / Workers) - 1);
        if (wanted + 1 < StackPlan.Fewest) return taken;
        foreach (int index in open)
        {
            if (taken.Count >= wanted || cancellation.IsCancellationRequested) break;
            if (!IsHeld(index) && TryTake(index, out _) is { } more) taken.Add(more);
        }
        return taken;
    }

    /// <summary>The first trials that have not ended and depend on none that has not; those that run are among them.</summary>
    private List<int> FindOpen(int most)
    {
        var open = new List<int>();
        for (int index = ledger.FirstOpen; index < plan.TrialCount && open.Count < most && ledger.IsReady(index / plan.TrialsPerPoint); index++)
            if (Only?.Contains(index) != false && ledger.Find(index) is null) open.Add(index);
        return open;
    }
}
