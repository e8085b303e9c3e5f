using System.Diagnostics;
using DLExperiments.Training;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Times what a training does between its steps; to be the last of the observers. From the end of an epoch's last step to the end of the next epoch's first
/// step a training makes one step and everything that belongs to the epoch: measures, curve, checkpoint, the new order.
/// </summary>
internal sealed class EpochClock : ITrainingObserver
{
    private readonly List<double> steps = [], betweens = [];
    private long last;
    private int epoch;

    /// <summary>Milliseconds from one epoch's last step to the next one's first, less a step: the median.</summary>
    internal double Between => Spread.Of(betweens).Median - Spread.Of(steps).Median;

    /// <summary>Milliseconds of an epoch: its steps and what is between.</summary>
    internal double Epoch => (steps.Sum() + betweens.Sum()) / betweens.Count;

    public void OnStep(TrainingProgress progress)
    {
        double passed = Stopwatch.GetElapsedTime(last).TotalMilliseconds;
        // What comes before the first epoch is the start, not a part of every epoch; so all steps of later epochs count.
        if (epoch > 0 && progress.Epoch > 1) (progress.Epoch == epoch ? steps : betweens).Add(passed);
        epoch = progress.Epoch;
        last = Stopwatch.GetTimestamp();
    }

    public void OnEpoch(EpochResult result)
    {
    }
}
