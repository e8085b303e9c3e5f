using DLExperiments.Sweeps.Store;
using DLExperiments.Training;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Trainings of the best setting on all data: the threads of the sweep, a seed of choice, and nobody gives them up.</summary>
internal sealed class RefitScope(SweepPlan plan, long seed, CancellationToken cancellation) : TrainingScope, ITrainingObserver
{
    /// <inheritdoc/>
    public override long? Seed => seed;

    /// <inheritdoc/>
    public override int? Threads => plan.Threads;

    /// <inheritdoc/>
    public override CancellationToken Stopping => cancellation;

    /// <inheritdoc/>
    public override ITrainingObserver Observe(IReadOnlyList<EpochResult> history, int epochs) => this;

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
    }
}
