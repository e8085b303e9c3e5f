using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Engines;

/// <summary>What an engine is made from.</summary>
/// <param name="Network">The network.</param>
/// <param name="Weights">Its first weights; copied.</param>
/// <param name="Objective">How a batch becomes losses.</param>
/// <param name="Optimizer">How losses change parameters.</param>
/// <param name="Train">The training rows.</param>
/// <param name="BatchSize">Rows in a batch, at least 1.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Device">The device: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</param>
/// <param name="Threads">CPU threads that one operation may use; null for the engine's choice.</param>
public sealed record EngineSettings(
    NetworkDefinition Network, WeightSet Weights, Objective Objective, Optimizer Optimizer, PreparedPiece Train, int BatchSize, long Seed, string Device, int? Threads)
{
    /// <summary>What happens to gradients and weights beside the optimizer's own step.</summary>
    public UpdateRules Rules { get; init; } = UpdateRules.None;

    /// <summary>The learning rate that the training starts from; groups of parameters with a rate of their own go in proportion to it.</summary>
    public double StartingRate { get; init; } = Optimizer.LearningRate;

    /// <summary>The numbers of the layers' products.</summary>
    public Precision Precision { get; init; }

    /// <summary>How batches of images lie in memory; Auto for the faster way.</summary>
    public MemoryFormat MemoryFormat { get; init; }

    /// <summary>Whether the schedule changes the optimizer's momentum.</summary>
    public bool ChangesMomentum { get; init; }
}
