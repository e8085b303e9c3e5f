using System.Diagnostics;
using DLExperiments.Models;
using DLExperiments.Randomness;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training;

/// <summary>The one loop: epochs, batches, measuring, history, stopping. It knows neither the objective nor the engine.</summary>
internal sealed class TrainingLoop
{
    private readonly TrainingSetup setup;
    private readonly TrainingOptions options;
    private readonly IStepEngine engine;
    private readonly string engineReason;
    private readonly int batchSize;
    private readonly IReadOnlyList<ITrainingObserver> observers;
    private readonly List<EpochResult> history = [];
    private readonly MeasureTotals training, validation;
    private readonly TrainingProgress progress;
    private readonly int[] order;
    private long step;

    internal TrainingLoop(TrainingSetup setup, TrainingOptions options, IStepEngine engine, string engineReason, int batchSize, IReadOnlyList<ITrainingObserver> observers)
    {
        this.setup = setup;
        this.options = options;
        this.engine = engine;
        this.engineReason = engineReason;
        this.batchSize = batchSize;
        this.observers = observers;
        training = new MeasureTotals(engine.Measures);
        validation = new MeasureTotals(engine.Measures);
        int count = setup.Train.Count;
        progress = new TrainingProgress(training, options.Epochs, (count + batchSize - 1) / batchSize, count);
        // Full batches hold all rows anyway, and in their own order they need no gathering.
        order = options.Shuffle && batchSize < count ? new int[count] : [];
    }

    internal TrainingResult Run(TrainingRequest request, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        StopReason reason = StopReason.Completed;
        for (int epoch = 1; epoch <= options.Epochs && reason == StopReason.Completed; epoch++)
            if (!RunEpoch(epoch, cancellation)) reason = StopReason.Cancelled;
        return MakeResult(request, Stopwatch.GetElapsedTime(started), reason);
    }

    /// <summary>Makes one epoch; false when it was cancelled on the way.</summary>
    private bool RunEpoch(int epoch, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        progress.Epoch = epoch;
        progress.StepInEpoch = 0;
        training.Clear();
        Shuffle(epoch);
        double rate = options.StartingRate;
        for (int first = 0; first < setup.Train.Count; first += batchSize)
        {
            if (cancellation.IsCancellationRequested) return false;
            int count = Math.Min(batchSize, setup.Train.Count - first);
            double loss = engine.Train(first, count, step, rate, training);
            step++;
            if (!double.IsFinite(loss)) throw new NonFiniteLossException("training", loss, epoch, step, rate, history);
            progress.StepInEpoch++;
            progress.Step = step;
            progress.SampleCount += count;
            progress.LearningRate = rate;
            foreach (ITrainingObserver observer in observers) observer.OnStep(progress);
        }
        TimeSpan trained = Stopwatch.GetElapsedTime(started);
        if (setup.Validation is not null)
        {
            validation.Clear();
            engine.Evaluate(setup.Validation, validation);
            double loss = validation.Mean("Loss")!.Value;
            if (!double.IsFinite(loss)) throw new NonFiniteLossException("validation", loss, epoch, step, rate, history);
        }
        var result = new EpochResult
        {
            Epoch = epoch,
            TrainingLoss = training.Mean("Loss")!.Value,
            TrainingAccuracy = training.Mean("Accuracy"),
            ValidationLoss = validation.Mean("Loss"),
            ValidationAccuracy = validation.Mean("Accuracy"),
            LearningRate = rate,
            Step = step,
            SampleCount = setup.Train.Count,
            Duration = Stopwatch.GetElapsedTime(started),
            Elapsed = progress.Elapsed,
            SamplesPerSecond = setup.Train.Count / Math.Max(trained.TotalSeconds, 1e-9),
            Timestamp = DateTime.UtcNow,
        };
        history.Add(result);
        foreach (ITrainingObserver observer in observers) observer.OnEpoch(result);
        return true;
    }

    private void Shuffle(int epoch)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        if (order.Length > 0) new RandomStream(options.Seed, RandomPurpose.Shuffle, 0, epoch - 1).Shuffle<int>(order);
        engine.BeginEpoch(order);
    }

    private TrainingResult MakeResult(TrainingRequest request, TimeSpan duration, StopReason reason)
    {
        bool validated = setup.Validation is not null;
        EpochResult? best = history.MinBy(e => validated ? e.ValidationLoss!.Value : e.TrainingLoss), last = history.LastOrDefault();
        return new TrainingResult
        {
            Model = new Model(request.Network, engine.ExportWeights(), setup.Preprocessing, setup.ClassNames, setup.Loss),
            History = [.. history],
            BestEpoch = best?.Epoch,
            BestValidationLoss = history.Min(e => e.ValidationLoss),
            BestTrainingLoss = history.Min(e => (double?)e.TrainingLoss),
            FinalTrainingLoss = last?.TrainingLoss,
            FinalValidationLoss = last?.ValidationLoss,
            TrainingAccuracy = last?.TrainingAccuracy,
            ValidationAccuracy = last?.ValidationAccuracy,
            EpochsCompleted = history.Count,
            StepsCompleted = step,
            Duration = duration,
            StopReason = reason,
            Loss = setup.Loss.Type,
            Optimizer = options.Optimizer.Type,
            LearningRate = options.StartingRate,
            BatchSize = batchSize,
            Epochs = options.Epochs,
            Seed = options.Seed,
            Device = engine.Device,
            Engine = engine.Name,
            EngineReason = engineReason,
            Threads = engine.Threads,
            ParameterCount = request.Network.ParameterCount,
            Dataset = request.Data.Name,
            TrainingCount = setup.Train.Count,
            ValidationCount = setup.Validation?.Count ?? 0,
            Options = options,
        };
    }
}
