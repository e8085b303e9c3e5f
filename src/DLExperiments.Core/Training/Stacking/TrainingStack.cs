using DLExperiments.Networks;
using TorchSharp;

namespace DLExperiments.Training.Stacking;

/// <summary>
/// Trainings side by side as one network. Each runs its own loop on its own thread; a step begins when all of them ask for it, and is computed on a thread of the
/// stack. Whoever has ended leaves, and the others go on without him.
/// </summary>
internal sealed class TrainingStack
{
    private readonly object gate = new();
    private readonly List<StackMember> members;
    private readonly StackedTrainer trainer;
    private readonly WakeUp start = new();
    private readonly SemaphoreSlim turn;
    private readonly int threads;
    private int arrived;
    private Exception? failure;

    /// <summary>Makes the stack and its members.</summary>
    /// <param name="runs">The trainings, of one <see cref="StackPlan.KeyOf"/>.</param>
    /// <param name="turn">Who may compute; taken with the first step, given back when all have left.</param>
    internal TrainingStack(IReadOnlyList<StackedRun> runs, SemaphoreSlim turn)
    {
        this.turn = turn;
        Size = runs.Count;
        threads = runs[0].Settings.Threads ?? 1;
        trainer = new StackedTrainer(runs);
        members = [.. runs.Select(r => new StackMember(this, r))];
        Members = [.. members];
        new Thread(Work) { IsBackground = true, Name = "Training stack" }.Start();
    }

    /// <summary>How many trainings began.</summary>
    internal int Size { get; }

    /// <summary>CPU threads of an operation.</summary>
    internal int Threads => threads;

    /// <summary>The engines of the trainings, in the order in which they were given.</summary>
    internal IReadOnlyList<StackMember> Members { get; }

    /// <summary>Has a member's step or measurement made, together with those of all others.</summary>
    internal void Do(StackMember member)
    {
        lock (gate)
        {
            if (++arrived == members.Count) start.Call();
        }
        member.Done.Wait();
        if (failure is { } e) throw new InvalidOperationException($"A step of {Size} trainings together failed: {e.Message}", e);
    }

    /// <summary>Takes a member out.</summary>
    internal void Leave(StackMember member)
    {
        lock (gate)
        {
            if (!members.Remove(member)) return;
            if (arrived == members.Count) start.Call();
        }
    }

    /// <summary>Tells that a member's rows have another order.</summary>
    internal void Reorder()
    {
        // Nothing is computed while a member is not waiting.
        lock (gate) trainer.Reorder();
    }

    /// <summary>The weights of a member that is not waiting.</summary>
    internal WeightSet Export(StackedRun run)
    {
        lock (gate) return trainer.Export(run);
    }

    /// <summary>Gives a member that is not waiting other weights.</summary>
    internal void Import(StackedRun run, WeightSet weights)
    {
        lock (gate) trainer.Import(run, weights);
    }

    private void Work()
    {
        bool hasTurn = false;
        // The setting belongs to this thread.
        torch.set_num_threads(threads);
        for (; ; )
        {
            start.Wait();
            StackMember[] all;
            lock (gate)
            {
                all = [.. members];
                arrived = 0;
            }
            if (all.Length == 0) break;
            if (!hasTurn) turn.Wait();
            hasTurn = true;
            try
            {
                Compute(all);
            }
            catch (Exception e)
            {
                // Whatever a step throws, it is the members who have to say so: this thread is nobody's.
                failure = e;
            }
            foreach (StackMember member in all) member.Done.Call();
        }
        trainer.Dispose();
        if (hasTurn) turn.Release();
    }

    private void Compute(StackMember[] all)
    {
        trainer.Keep([.. all.Select(m => m.Run)]);
        StackedRun first = all[0].Run;
        if (all.Any(m => m.Run.Piece?.Data != first.Piece?.Data || (first.Piece is null && (m.Run.First != first.First || m.Run.Count != first.Count))))
            throw new InvalidOperationException("The trainings of a stack ask for different steps.");
        if (first.Piece is null) trainer.Train();
        else trainer.Evaluate();
    }
}
