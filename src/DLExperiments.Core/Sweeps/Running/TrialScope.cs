using DLExperiments.Sweeps.Pruners;
using DLExperiments.Training;

namespace DLExperiments.Sweeps.Running;

/// <summary>A trial as the trainings in it meet it: they report their epochs to it, and it ends them when the trial is given up or the sweep stops.</summary>
internal sealed class TrialScope : TrainingScope, ITrainingObserver, IDisposable
{
    private readonly SweepObjective objective;
    private readonly Pruner? pruner;
    private readonly TrialAssignment trial;
    private readonly IReadOnlyList<(int Trial, IReadOnlyList<double> Costs)> others;
    private readonly CancellationTokenSource stopping;
    private readonly List<double> curve = [];
    private readonly int? threads;
    private readonly bool checkpoints;
    private int trainings, epochs;
    private readonly StepPace? pace;
    private readonly Action<StepPace>? onPace;
    private bool pruned;

    internal TrialScope(Store.SweepPlan plan, TrialAssignment trial, IReadOnlyList<(int Trial, IReadOnlyList<double> Costs)> others, SharedData? shared, Action<StepPace>? onPace, CancellationToken cancellation)
    {
        if (onPace is not null) (this.onPace, pace) = (onPace, new StepPace());
        (objective, pruner, threads, checkpoints) = (plan.Objectives[0], plan.Pruner, plan.Threads, plan.Checkpoints);
        (this.trial, this.others, Shared) = (trial, others, shared);
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>The cost after each epoch of all trainings of the trial, one behind the other.</summary>
    internal IReadOnlyList<double> Curve => curve;

    /// <inheritdoc/>
    public override bool IsPruned => pruned;

    /// <inheritdoc/>
    public override long? Seed => trial.Seed;

    /// <inheritdoc/>
    public override int? Threads => threads;

    /// <inheritdoc/>
    public override SharedData? Shared { get; }

    /// <inheritdoc/>
    public override CancellationToken Stopping => stopping.Token;

    /// <inheritdoc/>
    public override string? NextCheckpoint() => checkpoints ? Path.Combine(trial.Folder, $"run{++trainings}") : null;

    /// <inheritdoc/>
    public override ITrainingObserver Observe(IReadOnlyList<EpochResult> history, int epochs)
    {
        this.epochs = curve.Count + epochs;
        // A training that goes on from a checkpoint is judged as if it had never been interrupted.
        foreach (EpochResult epoch in history) OnEpoch(epoch);
        return this;
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        if (pace?.Note(progress) == true) onPace!(pace);
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
        curve.Add(objective.CostOf(epoch));
        // After the last epoch there is nothing to save.
        if (pruner is null || curve.Count >= epochs || !pruner.GivesUp(new PrunerView(trial.Point, curve, epochs, others))) return;
        pruned = true;
        stopping.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();
}
