using System.Diagnostics;
using DLExperiments.Randomness;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Stacking;

/// <summary>How quickly trainings make their steps together, measured on copies of one of them.</summary>
internal static class StackPace
{
    /// <summary>Makes some steps of a stack, whose results nobody gets.</summary>
    /// <param name="training">A training that <see cref="StackPlan.Decide"/> takes.</param>
    /// <param name="size">How many are together.</param>
    /// <param name="steps">How many steps are measured, after a first one that warms up.</param>
    /// <param name="cancellation">Ends it; the time is then that of fewer steps.</param>
    /// <returns>The time of a step of all of them.</returns>
    internal static TimeSpan Measure(StackOffer training, int size, int steps, CancellationToken cancellation)
    {
        var turn = new SemaphoreSlim(1);
        var stack = new TrainingStack([.. Enumerable.Range(0, size).Select(_ => new StackedRun(training.Settings))], turn);
        TimeSpan[] times = new TimeSpan[size];
        Exception? error = null;
        // Each on a thread of its own, as in a sweep: that they wait for each other is in the time.
        Thread[] threads = [.. stack.Members.Select((member, place) => new Thread(() =>
        {
            try
            {
                using (member) times[place] = Run(member, training.Settings, steps, cancellation);
            }
            catch (Exception e)
            {
                error = e;
            }
        }) { IsBackground = true, Name = "Stack measured" })];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        // The stack frees itself on its own thread when all have left, and gives the turn back last.
        turn.Wait(CancellationToken.None);
        return error is null ? times.Max() : throw new InvalidOperationException($"A step of {size} trainings together failed: {error.Message}", error);
    }

    private static TimeSpan Run(StackMember member, EngineSettings settings, int steps, CancellationToken cancellation)
    {
        int rows = settings.Train.Count, batch = settings.BatchSize, batches = Math.Max(1, rows / batch), made = 0;
        var totals = new MeasureTotals(member.Measures);
        int[] order = batch < rows ? [.. Enumerable.Range(0, rows)] : [];
        new RandomStream(settings.Seed, RandomPurpose.Shuffle, 0, 0).Shuffle<int>(order);
        member.BeginEpoch(order);
        member.Train(0, batch, 0, settings.StartingRate, totals);
        long from = Stopwatch.GetTimestamp();
        do
        {
            made++;
            member.Train(made % batches * batch, batch, made, settings.StartingRate, totals);
        }
        while (made < steps && !cancellation.IsCancellationRequested);
        return Stopwatch.GetElapsedTime(from) / made;
    }
}
