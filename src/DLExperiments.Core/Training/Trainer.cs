using DLExperiments.Networks;
using DLExperiments.Training.Curves;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Training;

/// <summary>Trains networks.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a network on the calling thread. Everything that can be checked is checked first; the learning curve file is opened before
    /// the first step and has a row for every completed epoch, however the training ends.
    /// </summary>
    /// <param name="request">What to train, and on what.</param>
    /// <param name="options">How to train.</param>
    /// <param name="observers">Who follows it.</param>
    /// <param name="cancellation">Stops the training after the current batch; the result is then what was reached.</param>
    /// <returns>The trained model, the history and the run in numbers.</returns>
    /// <exception cref="Errors.ExperimentException">
    /// Options, data, network, loss or device do not go together (the message says what and where), or the loss became NaN (<see cref="NonFiniteLossException"/>).
    /// </exception>
    public static TrainingResult Train(TrainingRequest request, TrainingOptions options,
        IReadOnlyList<ITrainingObserver>? observers = null, CancellationToken cancellation = default)
    {
        TrainingSetup setup = TrainingSetup.Create(request, options);
        WeightSet weights = request.Start?.Weights ?? WeightSet.Initialise(request.Network, options.Seed, options.Initialiser);
        int batchSize = options.BatchSize == 0 ? setup.Train.Count : Math.Min(options.BatchSize, setup.Train.Count);
        var objective = new SupervisedObjective { Loss = setup.Loss };
        using IStepEngine engine = StepEngines.Create(options.Engine, new EngineSettings(
            request.Network, weights, objective, options.Optimizer, setup.Train, batchSize, options.Seed, options.Device, options.Threads), out string reason);
        using LearningCurveWriter? curve = options.LearningCurve is { } path ? new LearningCurveWriter(path, options.Force) : null;
        ITrainingObserver[] all = curve is null ? [.. observers ?? []] : [curve, .. observers ?? []];
        return new TrainingLoop(setup, options, engine, reason, batchSize, all).Run(request, cancellation);
    }
}
