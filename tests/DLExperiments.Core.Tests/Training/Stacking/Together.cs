using DLExperiments.Training;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Tests.Training.Stacking;

/// <summary>Trains several networks in one round, as the trials of a sweep would be.</summary>
internal static class Together
{
    /// <summary>Runs trainings that meet each other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="train">One of them, by its place.</param>
    /// <param name="limit">How many may be in one stack.</param>
    /// <returns>Results, or what was thrown.</returns>
    internal static object[] Train(int count, Func<int, TrainingResult> train, int limit = 16)
    {
        object[] results = new object[count];
        var threads = new List<Thread>();
        StackRound round = null!;
        void Run(int k)
        {
            try
            {
                using (TrainingScope.Enter(new Meeting(round))) results[k] = train(k);
            }
            catch (Exception e)
            {
                results[k] = e;
            }
            round.Leave();
        }
        round = new StackRound(limit, wanted => [.. Enumerable.Range(1, Math.Min(wanted, count - 1)).Select(k => (Action)(() =>
        {
            var thread = new Thread(() => Run(k));
            threads.Add(thread);
            thread.Start();
        }))]);
        Run(0);
        foreach (Thread thread in threads) Assert.True(thread.Join(TimeSpan.FromMinutes(2)), "a training waits for ever");
        return results;
    }

    private sealed class Meeting(StackRound round) : TrainingScope, ITrainingObserver
    {
        public override CancellationToken Stopping => CancellationToken.None;

        internal override StackTurn? Meet(StackOffer training) => round.Meet(training);

        public override ITrainingObserver Observe(IReadOnlyList<EpochResult> history, int epochs) => this;

        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
