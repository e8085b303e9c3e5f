using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;

namespace DLExperiments.Training;

/// <summary>What a training gave: the model, its history, and the run in plain numbers that sort, group and export.</summary>
public sealed record TrainingResult
{
    /// <summary>The trained model, with the preprocessing fitted on the training data.</summary>
    public required Model Model { get; init; }

    /// <summary>One entry for each completed epoch.</summary>
    public required EpochResult[] History { get; init; }

    /// <summary>
    /// The epoch that early stopping found the best; without it, that with the lowest validation loss (training loss without validation data); null when none was completed.
    /// </summary>
    public int? BestEpoch { get; init; }

    /// <summary>The epoch whose weights the model has, when early stopping restored them; null for those of the last step.</summary>
    public int? RestoredEpoch { get; init; }

    /// <summary>The lowest validation loss of any epoch.</summary>
    public double? BestValidationLoss { get; init; }

    /// <summary>The lowest training loss of any epoch.</summary>
    public double? BestTrainingLoss { get; init; }

    /// <summary>The training loss of the last completed epoch.</summary>
    public double? FinalTrainingLoss { get; init; }

    /// <summary>The validation loss of the last completed epoch.</summary>
    public double? FinalValidationLoss { get; init; }

    /// <summary>The training accuracy of the last completed epoch, 0 to 1; null for regression.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>The validation accuracy of the last completed epoch, 0 to 1; null for regression.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>How many epochs were completed.</summary>
    public required int EpochsCompleted { get; init; }

    /// <summary>How many steps (weight updates) were made.</summary>
    public required long StepsCompleted { get; init; }

    /// <summary>How long the training took, from the first batch to the last validation.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long the training steps waited for their rows to be gathered, decoded or augmented; zero where the engine does not measure it.</summary>
    public TimeSpan DataWait { get; init; }

    /// <summary>Why it ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The objective's catalogue name: <c>Supervised</c>, <c>MultiTask</c>, ...</summary>
    public required string Objective { get; init; }

    /// <summary>What was minimised: the loss's catalogue name, with several outputs each with its loss.</summary>
    public required string Loss { get; init; }

    /// <summary>The optimizer's catalogue name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The learning rate that it started with.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Rows in a batch; the number of training rows for full batches.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The epochs that were asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The device: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The step engine that computed: <c>Torch</c> or <c>Fused</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Why it was this engine, as a sentence.</summary>
    public required string EngineReason { get; init; }

    /// <summary>How many trainings of a sweep were computed together as one network, this one included; 1 for one alone.</summary>
    public int StackSize { get; init; } = 1;

    /// <summary>CPU threads that one operation may use.</summary>
    public required int Threads { get; init; }

    /// <summary>The numbers of the layers' products: <c>Float32</c> or <c>BFloat16</c>.</summary>
    public Precision Precision { get; init; }

    /// <summary>How batches of images lay in memory: <c>Contiguous</c> or <c>ChannelsLast</c>.</summary>
    public MemoryFormat MemoryFormat { get; init; }

    /// <summary>How many trained numbers the network has.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How many training rows there were.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>The column that said what each training row weighs; null when all weighed alike.</summary>
    public string? SampleWeight { get; init; }

    /// <summary>What the training rows of each class weighed, by class weights and balance; null when all classes weighed alike.</summary>
    public IReadOnlyDictionary<string, double>? ClassWeights { get; init; }

    /// <summary>How many validation rows there were; 0 for none.</summary>
    public required int ValidationCount { get; init; }

    /// <summary>All options of the run.</summary>
    public required TrainingOptions Options { get; init; }
}
