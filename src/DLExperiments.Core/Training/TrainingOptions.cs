using DLExperiments.Errors;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Losses;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training;

/// <summary>How to train; an immutable value, checked once before a training starts.</summary>
public sealed record TrainingOptions
{
    /// <summary>The loss; null for the model's own when one goes on, else chosen by the data (classes: CrossEntropy, or BCEWithLogits for two classes and one output; numbers: MSE).</summary>
    public Loss? Loss { get; init; }

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

    /// <summary>CPU threads that one operation may use; null for one with small networks, else libtorch's choice.</summary>
    public int? Threads { get; init; }

    /// <summary>Full path of a CSV file that gets a row after every epoch; null for none.</summary>
    public string? LearningCurve { get; init; }

    /// <summary>Whether an existing learning curve file may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>The learning rate that the run starts with.</summary>
    public double StartingRate => LearningRate ?? Optimizer.LearningRate;

    /// <summary>Checks all values.</summary>
    /// <exception cref="ExperimentException">InvalidEpochs, InvalidBatchSize, InvalidLearningRate, InvalidThreads or InvalidOptimizer.</exception>
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
        Optimizer.Validate();
    }

    private static ExperimentException Error(string id, string message, object? target) => new(id, ErrorKind.InvalidArgument, message, target);
}
