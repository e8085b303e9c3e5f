using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training;

/// <summary>How to train; an immutable value, checked once before a training starts.</summary>
public sealed record TrainingOptions
{
    /// <summary>The loss; null for the model's own when one goes on, else chosen by the data (classes: CrossEntropy, or BCEWithLogits for two classes and one output; numbers: MSE).</summary>
    public Loss? Loss { get; init; }

    /// <summary>How a batch becomes losses; null for the model's own when one goes on, else Supervised, or MultiTask for a network with several outputs.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Losses by the name of an output, in place of <see cref="Loss"/>.</summary>
    public IReadOnlyDictionary<string, Loss> Losses { get; init; } = new Dictionary<string, Loss>();

    /// <summary>Factors of losses by the name of an output (or of a loss of a custom objective); 1 for those not named.</summary>
    public IReadOnlyDictionary<string, double> LossWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; init; } = new AdamOptimizer();

    /// <summary>The learning rate; null for the optimizer's own.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How often every training row is seen; at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Rows in a batch; 1 for single rows, 0 for all rows at once. The last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The seed of initial weights, shuffling and dropout.</summary>
    public long Seed { get; init; }

    /// <summary>Whether rows come in a new random order in every epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Fills new weights; null for each layer's own default. Weights that exist already stay.</summary>
    public Initialiser? Initialiser { get; init; }

    /// <summary>The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The step engine; Auto takes the fastest that can compute the training.</summary>
    public EngineChoice Engine { get; init; }

    /// <summary>The numbers of the layers' products; BFloat16 trains convolutions faster where the processor has it, with losses equal to two or three digits.</summary>
    public Precision Precision { get; init; }

    /// <summary>How batches of images lie in memory; Auto for the faster way. Results differ by rounding only.</summary>
    public MemoryFormat MemoryFormat { get; init; }

    /// <summary>CPU threads that one operation may use; null for one with small networks, else all (Fused, where layers are wide) or libtorch's choice (Torch).</summary>
    public int? Threads { get; init; }

    /// <summary>Full path of a CSV file that gets a row after every epoch; null for none.</summary>
    public string? LearningCurve { get; init; }

    /// <summary>Full path of a folder that gets events for TensorBoard after every epoch; null for none.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>Models that are written to files on the way.</summary>
    public ModelFiles ModelFiles { get; init; } = ModelFiles.None;

    /// <summary>Whether an existing learning curve file, events for TensorBoard, model files and checkpoints may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>How the learning rate changes; null to keep it.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>What happens to gradients and weights beside the optimizer's own step: penalties, clipping, factors of the learning rate, averaging.</summary>
    public UpdateRules Rules { get; init; } = UpdateRules.None;

    /// <summary>Whether every training row weighs n/(k·n of its class), so that all k classes count alike; validation stays as it is.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Metrics to measure in every epoch beside loss and accuracy, over the training rows and the validation rows; with several outputs, of each that they are for.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Metrics of single outputs by their names, beside <see cref="Metrics"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Metric>> OutputMetrics { get; init; } = new Dictionary<string, IReadOnlyList<Metric>>();

    /// <summary>
    /// What training rows of a class weigh, by its name; 1 for classes not named. It is multiplied by the data set's sample weights and, with
    /// <see cref="BalanceClasses"/>, by n/(k·n of the class). Validation counts each row once.
    /// </summary>
    public IReadOnlyDictionary<string, double> ClassWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>When to end before the last epoch because nothing improves; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How long the training may take, over all its resumptions: it ends after the step in which the time is over; null for no limit.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>How many steps it may make, at least 1; null for no limit.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Full path of a folder for checkpoints, from which the training can go on after an interruption; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>How often a checkpoint is written; one more is written when the training ends.</summary>
    public CheckpointInterval CheckpointEvery { get; init; } = CheckpointInterval.Default;

    /// <summary>Whether to go on from the folder's newest checkpoint when it has one.</summary>
    public bool Resume { get; init; }

    /// <summary>The learning rate that the run starts from; a schedule changes it.</summary>
    public double StartingRate => LearningRate ?? Optimizer.LearningRate;

    /// <summary>The columns of the history that decide something.</summary>
    internal IEnumerable<string> Watched => new[] { EarlyStopping?.Metric, (Schedule as PlateauSchedule)?.Metric, ModelFiles.Metric }.OfType<string>();

    /// <summary>Checks all values.</summary>
    /// <exception cref="ExperimentException">InvalidEpochs, InvalidBatchSize, InvalidLearningRate, InvalidThreads, InvalidOptimizer, InvalidSchedule,
    /// UnknownMetric, InvalidModelFiles, InvalidBudget or MissingCheckpoint.</exception>
    public void Validate()
    {
        if (Epochs < 1)
            throw Error("InvalidEpochs", $"Epochs is {Epochs}; a training needs at least 1.", Epochs);
        if (BatchSize < 0)
            throw Error("InvalidBatchSize", $"BatchSize is {BatchSize}; give 1 or more rows, or 0 for all rows at once.", BatchSize);
        if (!double.IsFinite(StartingRate) || StartingRate < 0)
            throw Error("InvalidLearningRate", FormattableString.Invariant($"LearningRate is {StartingRate}; it must be a number of 0 or more, such as 0.001."), StartingRate);
        if (Threads < 1)
            throw Error("InvalidThreads", $"Threads is {Threads}; give 1 or more.", Threads);
        if (MaxSteps < 1)
            throw Error("InvalidBudget", $"MaxSteps is {MaxSteps}; give 1 or more.", MaxSteps);
        if (MaxTime <= TimeSpan.Zero)
            throw Error("InvalidBudget", $"MaxTime is {MaxTime}; give more than no time.", MaxTime);
        if (Resume && Checkpoint is null)
            throw Error("MissingCheckpoint", "Resume needs Checkpoint: the folder to go on from.", null);
        Optimizer.Validate();
        ModelFiles.Validate();
        if (Optimizer.Reevaluates && Rules.ChangesSteps is { } rule)
            throw Error("InvalidOptimizer", $"{Optimizer.Type} computes the loss and its gradient several times in a step and needs both as they are: leave out {rule}.", Optimizer);
        Schedule?.Validate(StartingRate);
        if (Schedule?.ChangesMomentum == true && !Optimizer.HasMomentum)
            throw Error("InvalidSchedule", $"schedule {Schedule.Type}: CycleMomentum needs an optimizer with momentum (SGD, RMSprop, Adam, AdamW, NAdam, RAdam), not {Optimizer.Type}.", Schedule);
        foreach (string watched in Watched) EpochMetric.Find(watched);
    }

    private static ExperimentException Error(string id, string message, object? target) => new(id, ErrorKind.InvalidArgument, message, target);
}
