using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training;

/// <summary>What a training would do, with everything checked and nothing written: the answer to -WhatIf.</summary>
public sealed record TrainingPlan
{
    /// <summary>The network's name; null for none.</summary>
    public string? Network { get; init; }

    /// <summary>How many trained numbers the network has.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How many training rows there are.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>How many validation rows there are; 0 for none.</summary>
    public required int ValidationCount { get; init; }

    /// <summary>The objective's catalogue name.</summary>
    public required string Objective { get; init; }

    /// <summary>What would be minimised: the loss's catalogue name, with several outputs each with its loss.</summary>
    public required string Loss { get; init; }

    /// <summary>The optimizer's catalogue name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The learning rate that it would start with.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The schedule's catalogue name; null to keep the rate.</summary>
    public string? Schedule { get; init; }

    /// <summary>The epochs that it would have in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Rows in a batch; the number of training rows for full batches.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Steps (weight updates) in an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The steps that it would have in all, if nothing ends it before: epochs times steps, or what MaxSteps leaves of them.</summary>
    public required long Steps { get; init; }

    /// <summary>The epochs that a checkpoint has made already; 0 for a training from the beginning.</summary>
    public required int EpochsCompleted { get; init; }

    /// <summary>The steps that a checkpoint has made already.</summary>
    public required long StepsCompleted { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The device: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The step engine that would compute.</summary>
    public required string Engine { get; init; }

    /// <summary>Why it would be this engine, as a sentence.</summary>
    public required string EngineReason { get; init; }

    /// <summary>CPU threads that one operation would use.</summary>
    public required int Threads { get; init; }

    /// <summary>The numbers of the layers' products.</summary>
    public required Precision Precision { get; init; }

    /// <summary>How batches of images would lie in memory.</summary>
    public required MemoryFormat MemoryFormat { get; init; }

    /// <summary>Full paths of the files and folders that would be written or continued.</summary>
    public required string[] Files { get; init; }

    /// <summary>All options of the run.</summary>
    public required TrainingOptions Options { get; init; }

    internal static TrainingPlan Of(TrainingRequest request, TrainingOptions options, TrainingSetup setup, IStepEngine engine, string reason, int batchSize, TrainingCheckpoint? from)
    {
        int stepsPerEpoch = (setup.Train.Count + batchSize - 1) / batchSize;
        return new TrainingPlan
        {
            Network = request.Network.Name,
            ParameterCount = request.Network.ParameterCount,
            Dataset = request.Data.Name,
            TrainingCount = setup.Train.Count,
            ValidationCount = setup.Validation?.Count ?? 0,
            Objective = setup.Objective.Type,
            Loss = setup.Objective.LossName,
            Optimizer = options.Optimizer.Type,
            LearningRate = options.StartingRate,
            Schedule = options.Schedule?.Type,
            Epochs = options.Epochs,
            BatchSize = batchSize,
            StepsPerEpoch = stepsPerEpoch,
            Steps = Math.Min((long)options.Epochs * stepsPerEpoch, options.MaxSteps ?? long.MaxValue),
            EpochsCompleted = from?.History.Count ?? 0,
            StepsCompleted = from?.Step ?? 0,
            Seed = options.Seed,
            Device = engine.Device,
            Engine = engine.Name,
            EngineReason = reason,
            Threads = engine.Threads,
            Precision = engine.Precision,
            MemoryFormat = engine.MemoryFormat,
            Files = [.. new[] { options.LearningCurve, options.TensorBoard, options.ModelFiles.Best, options.ModelFiles.Last, options.ModelFiles.Folder, options.Checkpoint }.OfType<string>()],
            Options = options,
        };
    }
}
