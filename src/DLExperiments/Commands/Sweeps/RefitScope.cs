using DLExperiments.Sweeps.Store;
using DLExperiments.Training;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Trainings of the best setting on all data: the seed and threads of the sweep, and nobody gives them up.</summary>
internal sealed class RefitScope(SweepPlan plan, CancellationToken cancellation) : TrainingScope, ITrainingObserver
{
    /// <inheritdoc/>
    public override long? Seed => plan.Seed;

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
