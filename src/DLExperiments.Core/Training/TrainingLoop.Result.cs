using System.Runtime.InteropServices;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;

namespace DLExperiments.Training;

/// <summary>What the loop gives: the model as it stands, and the run in numbers.</summary>
internal sealed partial class TrainingLoop
{
    private Model MakeModel(WeightSet weights) => new(setup.Train.Network, weights, setup.Preprocessing, setup.Objective.Outputs,
        options.Objective is { } given ? setup.Objective.Keep(given) : null);

    /// <summary>Gives those who follow the training what it reached before an error.</summary>
    private void HandOver(TrainingRequest request)
    {
        try
        {
            TrainingResult result = MakeResult(request, StopReason.Failed);
            foreach (ITrainingObserver observer in observers) observer.OnFailure(result);
        }
        catch (Exception e) when (e is ExperimentException or InvalidOperationException or ExternalException)
        {
            // A device that failed may not give its weights any more; the first error is the one to report.
        }
    }

    private TrainingResult MakeResult(TrainingRequest request, StopReason reason)
    {
        bool validated = setup.Validation is not null;
        EpochResult? best = history.MinBy(e => validated ? e.ValidationLoss!.Value : e.TrainingLoss), last = history.LastOrDefault();
        return new TrainingResult
        {
            Model = MakeModel(bestWeights ?? engine.ExportResult()),
            History = [.. history],
            BestEpoch = stopping is { BestEpoch: > 0 } ? stopping.BestEpoch : best?.Epoch,
            RestoredEpoch = bestWeights is null ? null : stopping!.BestEpoch,
            BestValidationLoss = history.Min(e => e.ValidationLoss),
            BestTrainingLoss = history.Min(e => (double?)e.TrainingLoss),
            FinalTrainingLoss = last?.TrainingLoss,
            FinalValidationLoss = last?.ValidationLoss,
            TrainingAccuracy = last?.TrainingAccuracy,
            ValidationAccuracy = last?.ValidationAccuracy,
            EpochsCompleted = history.Count,
            StepsCompleted = step,
            Duration = progress.Elapsed,
            DataWait = engine.DataWait,
            StopReason = reason,
            Objective = setup.Objective.Type,
            Loss = setup.Objective.LossName,
            Optimizer = options.Optimizer.Type,
            LearningRate = options.StartingRate,
            BatchSize = batchSize,
            Epochs = options.Epochs,
            Seed = options.Seed,
            Device = engine.Device,
            Engine = engine.Name,
            EngineReason = engineReason,
            StackSize = engine.StackSize,
            Threads = engine.Threads,
            Precision = engine.Precision,
            MemoryFormat = engine.MemoryFormat,
            ParameterCount = request.Network.ParameterCount,
            Dataset = request.Data.Name,
            TrainingCount = setup.Train.Count,
            SampleWeight = request.Train.SampleWeight?.Name,
            ClassWeights = setup.ClassWeights,
            ValidationCount = setup.Validation?.Count ?? 0,
            Options = options,
        };
    }
}
