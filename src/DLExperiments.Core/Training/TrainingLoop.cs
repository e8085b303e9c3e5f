using System.Diagnostics;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Randomness;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Training;

/// <summary>The one loop: epochs, batches, measuring, history, schedule, stopping, checkpoints. It knows neither the objective nor the engine.</summary>
internal sealed partial class TrainingLoop
{
    private readonly TrainingSetup setup;
    private readonly TrainingOptions options;
    private readonly IStepEngine engine;
    private readonly string engineReason;
    private readonly int batchSize;
    private readonly CheckpointKeeper? checkpoints;
    private readonly ModelKeeper? models;
    private readonly ScheduleClock? schedule;
    private readonly EarlyStoppingClock? stopping;
    private readonly List<EpochResult> history = [];
    private readonly MeasureTotals training, validation;
    private readonly TrainingProgress progress;
    private readonly int[] order;
    private IReadOnlyList<ITrainingObserver> observers = [];
    private WeightSet? bestWeights;
    private long step, epochStarted;
    private int stepInEpoch;
    private bool isInStep;
    private TimeSpan epochBefore;

    internal TrainingLoop(TrainingSetup setup, TrainingOptions options, IStepEngine engine, string engineReason, int batchSize, CheckpointKeeper? checkpoints, ModelKeeper? models)
    {
        this.setup = setup;
        this.options = options;
        this.engine = engine;
        this.engineReason = engineReason;
        this.batchSize = batchSize;
        this.checkpoints = checkpoints;
        this.models = models;
        training = new MeasureTotals(engine.Measures) { Metrics = EpochMetrics.Start(options, setup) };
        validation = new MeasureTotals(engine.Measures) { Metrics = EpochMetrics.Start(options, setup) };
        int count = setup.Train.Count, stepsPerEpoch = (count + batchSize - 1) / batchSize;
        progress = new TrainingProgress(training, engine.Name, options.Epochs, stepsPerEpoch, count);
        schedule = options.Schedule?.Start(options.StartingRate, new ScheduleSpan(options.Epochs, stepsPerEpoch));
        stopping = options.EarlyStopping is { } settings ? new EarlyStoppingClock(settings) : null;
        // Full batches hold all rows anyway, and in their own order they need no gathering.
        order = options.Shuffle && batchSize < count ? new int[count] : [];
    }

    /// <summary>
    /// Puts the training where a checkpoint left it (the engine has its weights already), or writes the first checkpoint, so that a training can
    /// go on whenever it is killed.
    /// </summary>
    internal void Begin(TrainingCheckpoint? from)
    {
        if (from is not null)
        {
            engine.ImportOptimizers(from.Optimizers);
            foreach (EpochResult epoch in from.History)
            {
                Remember(epoch);
                models?.Replay(epoch);
            }
            bestWeights = from.BestWeights;
            step = from.Step;
            stepInEpoch = from.StepInEpoch;
            training.Import(from.Sums, from.SumWeights);
            if (from.MetricSums.Length > 0) training.Metrics?.Import(from.MetricSums);
            epochBefore = from.EpochElapsed;
            progress.GoOn(from.Elapsed, from.Step, from.SampleCount);
        }
        checkpoints?.Start(step, history.Count, from is null ? Capture : null);
    }

    internal TrainingResult Run(TrainingRequest request, IReadOnlyList<ITrainingObserver> observers, CancellationToken cancellation)
    {
        this.observers = observers;
        try
        {
            StopReason? reason;
            do
            {
                reason = ReasonToStop() ?? RunOrStop(cancellation);
            }
            while (reason is null);
            // Half of a step is no place to go on from; the checkpoint before it is.
            if (!isInStep) checkpoints?.Write(Capture, step, history.Count);
            return MakeResult(request, reason.Value);
        }
        catch
        {
            HandOver(request);
            throw;
        }
    }

    private StopReason? ReasonToStop() =>
        history.Count >= options.Epochs ? StopReason.Completed
        : stopping?.IsExhausted == true ? StopReason.EarlyStopped
        : null;

    /// <summary>Makes one epoch. When a script in it is stopped (Ctrl+C stops scripts at once), the training stands where it stood before what the script was called for.</summary>
    private StopReason? RunOrStop(CancellationToken cancellation)
    {
        try
        {
            return RunEpoch(cancellation);
        }
        catch (OperationCanceledException)
        {
            // A step of one forward pass and one update changes nothing before its scripts have ended.
            isInStep &= options.Rules.BatchParts > 1 || options.Optimizer.Reevaluates || setup.Objective.Players.Count > 1;
            return StopReason.Cancelled;
        }
        catch (Exception e) when (e is not NonFiniteLossException && !isInStep)
        {
            // What a script or a full disk ends between two steps need not be done again.
            try
            {
                checkpoints?.Write(Capture, step, history.Count);
            }
            catch (ExperimentException)
            {
                // The first error is the one to report; the checkpoint before is there still.
            }
            throw;
        }
    }

    /// <summary>Makes one epoch, or what is left of it; gives the reason when it was ended on the way.</summary>
    private StopReason? RunEpoch(CancellationToken cancellation)
    {
        int epoch = history.Count + 1;
        epochStarted = Stopwatch.GetTimestamp();
        progress.Epoch = epoch;
        progress.StepInEpoch = stepInEpoch;
        if (stepInEpoch == 0) training.Clear();
        Shuffle(epoch);
        double rate = schedule?.Rate(epoch - 1, Math.Max(0, step - 1)) ?? options.StartingRate;
        for (int first = stepInEpoch * batchSize; first < setup.Train.Count; first += batchSize)
        {
            if (ReasonToBreak(cancellation) is { } reason) return reason;
            int count = Math.Min(batchSize, setup.Train.Count - first);
            rate = schedule?.Rate(epoch - 1, step) ?? options.StartingRate;
            if (schedule?.Momentum(epoch - 1, step) is { } momentum) engine.SetMomentum(momentum);
            isInStep = true;
            double loss = engine.Train(first, count, step, rate, training);
            isInStep = false;
            // The engine leaves the weights as they were: the step counts for the error, but is not one that was made.
            if (!double.IsFinite(loss)) throw NonFinite("training", loss, step + 1, setup.Train, first, count, rate);
            step++;
            stepInEpoch++;
            progress.Loss = loss;
            progress.StepInEpoch = stepInEpoch;
            progress.Step = step;
            progress.SampleCount += count;
            progress.LearningRate = rate;
            foreach (ITrainingObserver observer in observers) observer.OnStep(progress);
            if (checkpoints?.IsDue(step, history.Count, epochEnded: false) == true) checkpoints.Write(Capture, step, history.Count);
        }
        EndEpoch(epoch, rate);
        return null;
    }

    private void EndEpoch(int epoch, double rate)
    {
        TimeSpan trained = EpochElapsed;
        if (setup.Validation is not null)
        {
            validation.Clear();
            engine.Evaluate(setup.Validation, validation);
            double loss = MeanLoss(validation, "validation");
            if (!double.IsFinite(loss)) throw NonFinite("validation", loss, step, setup.Validation, 0, setup.Validation.Count, rate);
        }
        WeightSet? weights = options.Rules.ReportNorms || options.Rules.ReportLayers ? engine.ExportWeights() : null;
        IReadOnlyList<(string Layer, int Dead, int Units)> dead = options.Rules.ReportDeadUnits ? engine.CountDeadUnits(setup.Validation ?? setup.Train) : [];
        EpochMeasure[] metrics = EpochResult.Join(training.Metrics, validation.Metrics);
        EpochMeasure? accuracy = Array.Find(metrics, m => m.Name == "Accuracy");
        var result = new EpochResult
        {
            Epoch = epoch,
            TrainingLoss = MeanLoss(training, "training"),
            TrainingAccuracy = training.Mean("Accuracy") ?? accuracy?.Training,
            ValidationLoss = validation.Mean("Loss"),
            ValidationAccuracy = validation.Mean("Accuracy") ?? accuracy?.Validation,
            LearningRate = rate,
            Penalty = training.Mean("Penalty"),
            GradientNorm = training.Mean("GradientNorm"),
            WeightNorm = options.Rules.ReportNorms ? weights!.Norm : null,
            DeadUnits = dead.Count == 0 ? null : (double)dead.Sum(d => d.Dead) / dead.Sum(d => d.Units),
            Layers = LayerResult.Of(epoch, setup.Train.Network, training, options.Rules.ReportLayers ? weights : null, dead),
            Measures = MeasureColumns.Read(setup.Objective.Measures, training, validation),
            Step = step,
            SampleCount = setup.Train.Count,
            Duration = EpochElapsed,
            Elapsed = progress.Elapsed,
            SamplesPerSecond = setup.Train.Count / Math.Max(trained.TotalSeconds, 1e-9),
            Timestamp = DateTime.UtcNow,
            Metrics = metrics,
        };
        // Before the epoch counts as completed: where a file finds no room, the training goes on from here, and writes it.
        models?.OnEpoch(result, () => MakeModel(engine.ExportResult()));
        if (Remember(result) && options.EarlyStopping!.RestoreBest) bestWeights = engine.ExportResult();
        stepInEpoch = 0;
        epochBefore = TimeSpan.Zero;
        foreach (ITrainingObserver observer in observers) observer.OnEpoch(result);
        if (checkpoints?.IsDue(step, history.Count, epochEnded: true) == true) checkpoints.Write(Capture, step, history.Count);
    }

    private double MeanLoss(MeasureTotals totals, string what) => totals.Mean("Loss") ?? throw new ExperimentException("NothingCounts", ErrorKind.InvalidData,
        $"No row of the {what} data counts: all their classes have the weight 0 in the loss {setup.Objective.LossName}. Give one that occurs a weight above 0.", setup.Objective.LossName);

    private NonFiniteLossException NonFinite(string what, double loss, long step, PreparedPiece piece, int first, int count, double rate)
    {
        int[] rows = piece == setup.Train && order.Length > 0 ? order[first..(first + count)] : [.. Enumerable.Range(first, count)];
        return new NonFiniteLossException(what, loss, history.Count + 1, step, rate, history, NonFiniteFinder.Find(piece, rows, engine.ExportWeights()));
    }

    /// <summary>Adds an epoch to the history and to all that follows from it; true when early stopping finds it the best so far.</summary>
    private bool Remember(EpochResult epoch)
    {
        history.Add(epoch);
        schedule?.OnEpoch(epoch);
        return stopping?.OnEpoch(epoch) == true;
    }

    private StopReason? ReasonToBreak(CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? StopReason.Cancelled
        : step >= options.MaxSteps ? StopReason.StepBudget
        : progress.Elapsed >= options.MaxTime ? StopReason.TimeBudget
        : null;

    private TimeSpan EpochElapsed => epochBefore + Stopwatch.GetElapsedTime(epochStarted);

    private void Shuffle(int epoch)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        if (order.Length > 0) new RandomStream(options.Seed, RandomPurpose.Shuffle, 0, epoch - 1).Shuffle<int>(order);
        engine.BeginEpoch(order);
    }

    private TrainingCheckpoint Capture()
    {
        (double[] sums, double[] weights) = training.Export();
        return new TrainingCheckpoint
        {
            Identity = checkpoints!.Identity,
            Weights = engine.ExportWeights(),
            BestWeights = bestWeights,
            Optimizers = engine.ExportOptimizers(),
            History = history,
            Step = step,
            StepInEpoch = stepInEpoch,
            SampleCount = progress.SampleCount,
            Sums = sums,
            SumWeights = weights,
            MetricSums = stepInEpoch == 0 ? [] : training.Metrics?.Export() ?? [],
            Elapsed = progress.Elapsed,
            EpochElapsed = stepInEpoch == 0 ? TimeSpan.Zero : EpochElapsed,
        };
    }
}
