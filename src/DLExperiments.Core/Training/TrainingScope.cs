using DLExperiments.Training.Stacking;

namespace DLExperiments.Training;

/// <summary>
/// Who has all trainings of a flow of control in his charge, such as a trial of a sweep: he follows them, may end them, and says what they use unless they say
/// so themselves. It flows with threads and tasks that are started inside.
/// </summary>
public abstract class TrainingScope
{
    private static readonly AsyncLocal<TrainingScope?> Ambient = new();

    /// <summary>The scope that trainings started here belong to, or null.</summary>
    public static TrainingScope? Current => Ambient.Value;

    /// <summary>The seed of trainings that name none; null for the usual one.</summary>
    public virtual long? Seed => null;

    /// <summary>The threads of trainings that name no number; null for the usual choice.</summary>
    public virtual int? Threads => null;

    /// <summary>A folder for checkpoints of a training that names none, from which it goes on; null for none. Asked once for each training.</summary>
    public virtual string? NextCheckpoint() => null;

    /// <summary>What the trainings of this scope share with those of others; null for nothing.</summary>
    public virtual SharedData? Shared => null;

    /// <summary>Ends all trainings after the current batch.</summary>
    public abstract CancellationToken Stopping { get; }

    /// <summary>Whether the trial was given up because others are better: the trainings then end as <see cref="StopReason.Pruned"/>.</summary>
    public virtual bool IsPruned => false;

    /// <summary>
    /// Lets a training meet those that it could be computed together with, before its engine is made; waits for them. Null when there are none to meet: it then goes its way.
    /// </summary>
    /// <param name="training">The training.</param>
    internal virtual StackTurn? Meet(StackOffer training) => null;

    /// <summary>Follows a training that is about to start or to go on.</summary>
    /// <param name="history">The epochs that it made before an interruption.</param>
    /// <param name="epochs">How many epochs it shall have in all.</param>
    public abstract ITrainingObserver Observe(IReadOnlyList<EpochResult> history, int epochs);

    /// <summary>Puts trainings that are started from here on into a scope, until the result is disposed of.</summary>
    /// <param name="scope">The scope.</param>
    public static IDisposable Enter(TrainingScope scope) => new Entrance(scope);

    private sealed class Entrance : IDisposable
    {
        private readonly TrainingScope? before = Ambient.Value;

        internal Entrance(TrainingScope scope) => Ambient.Value = scope;

        public void Dispose() => Ambient.Value = before;
    }
}
