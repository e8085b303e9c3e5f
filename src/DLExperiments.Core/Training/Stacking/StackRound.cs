using System.Runtime.ExceptionServices;

namespace DLExperiments.Training.Stacking;

/// <summary>
/// A round of trials of one worker, in which trainings that go together find each other. The first training that could be in a stack calls more trials in; when all trials
/// that have not ended wait here, they are put together by what they have in common. What goes with nothing is computed alone, one after the other.
/// </summary>
internal sealed class StackRound
{
    private sealed class Waiting(StackOffer offer, object key)
    {
        internal StackOffer Offer { get; } = offer;

        internal object Key { get; } = key;

        internal bool IsDecided { get; set; }

        internal StackMember? Member { get; set; }

        internal Exception? Error { get; set; }
    }

    private readonly object gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Waiting> waiting = [];
    private readonly Func<int, IReadOnlyList<Action>> callMore;
    private readonly int limit;
    private int running = 1;
    private bool hasCalled;

    /// <summary>Begins a round of one trial.</summary>
    /// <param name="limit">How many trainings may be together.</param>
    /// <param name="callMore">Given how many more trials are wanted, takes as many as there are, and gives what begins each; each ends with <see cref="Leave"/>.</param>
    internal StackRound(int limit, Func<int, IReadOnlyList<Action>> callMore) => (this.limit, this.callMore) = (limit, callMore);

    /// <summary>A training's engine, or its turn; waits for those that it could go with.</summary>
    /// <param name="offer">The training.</param>
    internal StackTurn Meet(StackOffer offer)
    {
        StackDecision decision = StackPlan.Decide(offer, limit);
        if (decision.Most < StackPlan.Fewest) return Alone();
        CallMore(decision.Most);
        var mine = new Waiting(offer, StackPlan.KeyOf(offer));
        lock (gate)
        {
            waiting.Add(mine);
            Pause();
            while (!mine.IsDecided) Monitor.Wait(gate);
        }
        if (mine.Error is { } error) ExceptionDispatchInfo.Throw(error);
        return mine.Member is { } member ? new StackTurn(member, $"Torch: {member.StackSize} trials of this sweep as one network, since {decision.Reason}.", () => { }) : Alone();
    }

    /// <summary>A trial has ended.</summary>
    internal void Leave()
    {
        lock (gate) Pause();
    }

    private void CallMore(int most)
    {
        lock (gate)
        {
            if (hasCalled) return;
            hasCalled = true;
        }
        IReadOnlyList<Action> more = callMore(most - 1);
        // All of them are counted before the first can be the last.
        lock (gate) running += more.Count;
        foreach (Action begin in more) begin();
    }

    private StackTurn Alone()
    {
        turn.Wait();
        return new StackTurn(null, null, () => turn.Release());
    }

    /// <summary>One trial less runs; the last one has those that wait decided, and they run.</summary>
    private void Pause()
    {
        if (--running > 0 || waiting.Count == 0) return;
        foreach (IGrouping<object, Waiting> like in waiting.GroupBy(w => w.Key))
            foreach (Waiting[] part in like.Chunk(limit))
                Decide(part);
        running = waiting.Count;
        waiting.Clear();
        Monitor.PulseAll(gate);
    }

    private void Decide(Waiting[] part)
    {
        if (part.Length >= StackPlan.Fewest)
        {
            try
            {
                var stack = new TrainingStack([.. part.Select(w => new StackedRun(w.Offer.Settings))], turn);
                for (int i = 0; i < part.Length; i++) part[i].Member = stack.Members[i];
            }
            catch (Exception e)
            {
                // Each of them says so in its own name.
                foreach (Waiting one in part) one.Error = e;
            }
        }
        foreach (Waiting one in part) one.IsDecided = true;
    }
}
