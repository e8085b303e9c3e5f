namespace DLExperiments.Training.Schedules;

/// <summary>A schedule whose rate is a formula of the place in the training.</summary>
public abstract class FormulaSchedule : Schedule
{
    /// <summary>Whether the schedule counts epochs or steps.</summary>
    public ScheduleUnit Per { get; init; }

    /// <inheritdoc/>
    public override ScheduleClock Start(double startingRate, ScheduleSpan span) => new Clock(this, startingRate, span.Total(Per));

    /// <summary>The learning rate at a place.</summary>
    /// <param name="start">The learning rate that the training starts from.</param>
    /// <param name="place">Epochs or steps made before, from 0.</param>
    /// <param name="total">Epochs or steps of the whole training.</param>
    public abstract double RateAt(double start, long place, long total);

    private sealed class Clock(FormulaSchedule schedule, double start, long total) : ScheduleClock
    {
        public override double Rate(int epoch, long step) => schedule.RateAt(start, Place(epoch, step), total);

        public override double? Momentum(int epoch, long step) =>
            schedule is MomentumCycleSchedule { CycleMomentum: true } cycle ? cycle.MomentumAt(Place(epoch, step), total) : null;

        private long Place(int epoch, long step) => schedule.Per == ScheduleUnit.Epoch ? epoch : step;
    }
}
