using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Training.Control;

namespace DLExperiments.Training.Schedules;

/// <summary>Lowers the learning rate when a metric has not improved for more than some epochs (PyTorch's ReduceLROnPlateau).</summary>
[CatalogueEntry("Plateau", "ReduceLROnPlateau")]
public sealed class PlateauSchedule : Schedule
{
    /// <summary>The metric, a column of the history; null for the validation loss, or the training loss without validation data.</summary>
    public string? Metric { get; init; }

    /// <summary>Whether less or more is better; Auto: more for accuracies, else less.</summary>
    public MetricMode Mode { get; init; }

    /// <summary>What the rate is multiplied by.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Factor { get; init; } = 0.1;

    /// <summary>How many epochs without improvement are let pass; the rate falls after one more.</summary>
    [Range(0, int.MaxValue)]
    public int Patience { get; init; } = 10;

    /// <summary>By how much a value must beat the best to be an improvement.</summary>
    [Range(0.0, double.MaxValue)]
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is a difference instead of a share of the best value.</summary>
    public bool Absolute { get; init; }

    /// <summary>How many epochs after a change are not counted.</summary>
    [Range(0, int.MaxValue)]
    public int Cooldown { get; init; }

    /// <summary>The lowest rate.</summary>
    [Range(0.0, double.MaxValue)]
    public double MinimumRate { get; init; }

    /// <summary>A change smaller than this is not made.</summary>
    [Range(0.0, double.MaxValue)]
    public double Eps { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override ScheduleClock Start(double startingRate, ScheduleSpan span) => new Clock(this, startingRate);

    private sealed class Clock(PlateauSchedule schedule, double rate) : ScheduleClock
    {
        private double? best;
        private int bad, cooling;

        public override double Rate(int epoch, long step) => rate;

        public override void OnEpoch(EpochResult epoch)
        {
            EpochMetric metric = EpochMetric.Choose(schedule.Metric, epoch);
            double value = metric.Require(epoch);
            if (IsBetter(value, metric.IsHigherBetter(schedule.Mode)))
            {
                best = value;
                bad = 0;
            }
            else
            {
                bad++;
            }
            if (cooling > 0)
            {
                cooling--;
                bad = 0;
            }
            if (bad <= schedule.Patience) return;
            double lower = Math.Max(rate * schedule.Factor, schedule.MinimumRate);
            if (rate - lower > schedule.Eps) rate = lower;
            cooling = schedule.Cooldown;
            bad = 0;
        }

        private bool IsBetter(double value, bool higher)
        {
            if (best is not { } known) return true;
            double margin = schedule.Absolute ? schedule.Threshold : schedule.Threshold * known;
            return higher ? value > known + margin : value < known - margin;
        }
    }
}
