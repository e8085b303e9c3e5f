using DLExperiments.Catalogues;
using DLExperiments.Errors;

namespace DLExperiments.Training.Schedules;

/// <summary>
/// How the learning rate changes during a training, with PyTorch's meaning of every setting. A schedule is its settings and nothing else: the
/// rate follows from the place in the training and, for Plateau, from the epochs so far, so a training that goes on needs no further state.
/// </summary>
[Catalogue("schedule")]
public abstract class Schedule
{
    /// <summary>The name in the catalogue.</summary>
    public string Type => Catalogue<Schedule>.Default.EntryOf(this).Name;

    /// <summary>Whether it changes the optimizer's momentum too.</summary>
    public virtual bool ChangesMomentum => false;

    /// <summary>Checks settings that exclude each other; each one's own range is checked when it is set.</summary>
    /// <exception cref="ExperimentException">InvalidSchedule: settings that do not go together, or with the learning rate.</exception>
    /// <param name="startingRate">The learning rate that the training starts from.</param>
    public virtual void Validate(double startingRate)
    {
    }

    /// <summary>Starts it for a training.</summary>
    /// <param name="startingRate">The learning rate that the training starts from.</param>
    /// <param name="span">How long the training will be.</param>
    public abstract ScheduleClock Start(double startingRate, ScheduleSpan span);

    /// <summary>The schedule's name and the settings that differ from their defaults, as JSON text.</summary>
    public override string ToString() => Catalogue<Schedule>.Default.ToJson(this).ToJsonString();

    private protected ExperimentException Invalid(string what) =>
        new("InvalidSchedule", ErrorKind.InvalidArgument, $"schedule {Type}: {what}", this);
}
