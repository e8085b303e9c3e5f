using System.Diagnostics;

namespace DLExperiments.Training;

/// <summary>Where a training stands. One object is updated in place, so that reporting each step allocates nothing.</summary>
public sealed class TrainingProgress
{
    private readonly MeasureTotals totals;
    private readonly long started = Stopwatch.GetTimestamp();
    private TimeSpan elapsedBefore;
    private long samplesBefore;

    internal TrainingProgress(MeasureTotals totals, string engine, int epochs, int stepsPerEpoch, int samplesPerEpoch)
    {
        Engine = engine;
        this.totals = totals;
        Epochs = epochs;
        StepsPerEpoch = stepsPerEpoch;
        SamplesPerEpoch = samplesPerEpoch;
    }

    /// <summary>Says that the training goes on from a checkpoint; speed and remaining time count from here.</summary>
    internal void GoOn(TimeSpan elapsed, long step, long sampleCount)
    {
        elapsedBefore = elapsed;
        Step = step;
        SampleCount = samplesBefore = sampleCount;
    }

    /// <summary>The name of the engine that trains.</summary>
    public string Engine { get; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>How many epochs there will be.</summary>
    public int Epochs { get; }

    /// <summary>Steps made in this epoch.</summary>
    public int StepInEpoch { get; internal set; }

    /// <summary>Steps in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Steps made over all epochs.</summary>
    public long Step { get; internal set; }

    /// <summary>Samples in an epoch.</summary>
    public int SamplesPerEpoch { get; }

    /// <summary>Samples seen over all epochs.</summary>
    public long SampleCount { get; internal set; }

    /// <summary>The loss of the last step, without penalties.</summary>
    public double Loss { get; internal set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; internal set; }

    /// <summary>The mean training loss of this epoch so far.</summary>
    public double? TrainingLoss => totals.Mean("Loss");

    /// <summary>The training accuracy of this epoch so far; null for regression.</summary>
    public double? TrainingAccuracy => totals.Mean("Accuracy");

    /// <summary>The last step as an object of its own, which stays as it is.</summary>
    public StepResult ToStep() => new()
    {
        Step = Step, Epoch = Epoch, StepInEpoch = StepInEpoch, Loss = Loss, LearningRate = LearningRate,
        TrainingLoss = TrainingLoss, TrainingAccuracy = TrainingAccuracy, SampleCount = SampleCount, Elapsed = Elapsed,
    };

    /// <summary>What else the objective measures, as means of this epoch so far.</summary>
    public IEnumerable<(string Name, double Value)> Measures =>
        MeasureColumns.Own(totals.Names).Select(name => (name, totals.Mean(name))).Where(m => m.Item2 is not null).Select(m => (m.name, m.Item2!.Value));

    /// <summary>Time since the start, without the time between an interruption and its resumption.</summary>
    public TimeSpan Elapsed => elapsedBefore + Stopwatch.GetElapsedTime(started);

    /// <summary>Training samples a second since the start or the resumption.</summary>
    public double SamplesPerSecond => (SampleCount - samplesBefore) / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-9);

    /// <summary>The share of all steps that is done, 0 to 1.</summary>
    public double Completed => Math.Min(1, (double)SampleCount / ((double)Epochs * SamplesPerEpoch));

    /// <summary>The time that the rest will take at the speed so far; null before the first step.</summary>
    public TimeSpan? Remaining => SampleCount > samplesBefore
        ? Stopwatch.GetElapsedTime(started) * (Math.Max(0, (double)Epochs * SamplesPerEpoch - SampleCount) / (SampleCount - samplesBefore))
        : null;
}
