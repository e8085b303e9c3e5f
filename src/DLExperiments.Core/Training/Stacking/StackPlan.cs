using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Stacking.Layers;
using DLExperiments.Training.Stacking.Optimizers;

namespace DLExperiments.Training.Stacking;

/// <summary>Says which trainings are computed together as one network, and of the others, why not.</summary>
internal static class StackPlan
{
    /// <summary>The fewest trainings for which a stack pays.</summary>
    internal const int Fewest = 3;

    // Measured on two cores, stacks of eight on one thread each (docs/speed.md): up to here a sweep ends in three quarters of the time and less; beyond, products are most of a step, and
    // one network at a time stays in the cache. Convolutions of few channels gain longer, because alone they are far from what the processor can do.
    private const long MostDenseWork = 500_000, MostConvolutionWork = 4_000_000;

    // Not measured. A device has room for far more work than one small network gives it; the limit keeps the memory of sixteen small.
    private const long MostDeviceWork = 500_000_000;

    private sealed record Key(Dataset Train, Dataset? Validation, string Text);

    /// <summary>Whether, and of how many at most, a training is computed together with its like.</summary>
    /// <param name="offer">The training.</param>
    /// <param name="limit">How many are allowed; less than <see cref="Fewest"/> for none.</param>
    internal static StackDecision Decide(StackOffer offer, int limit) =>
        limit < Fewest ? new StackDecision(1, "stacks are switched off")
        : Refuse(offer) is { } reason ? new StackDecision(1, reason)
        : new StackDecision(limit, string.Create(CultureInfo.InvariantCulture, $"a step is {Work(offer.Settings):N0} multiplications, little enough that several networks at once are faster"));

    /// <summary>What trainings of one stack have in common; those of different keys are never together.</summary>
    /// <param name="offer">A training that <see cref="Decide"/> takes.</param>
    internal static object KeyOf(StackOffer offer)
    {
        EngineSettings settings = offer.Settings;
        string layers = string.Join('|', settings.Network.Layers.Select(l => $"{StackedLayerKinds.Find(l.Layer.GetType())!.Key(l)} {l.OutputShape}"));
        return new Key(settings.Train.Data, offer.Validation, string.Join('\n', settings.Network.InputShape, layers, settings.Device.Trim().ToLowerInvariant(), settings.Threads, settings.BatchSize,
            settings.Train.PreprocessingKey, ((SupervisedObjective)settings.Objective).Loss, StackedOptimizerKinds.Key(settings.Optimizer)));
    }

    /// <summary>Why a training is computed alone, as a clause; null when it may be in a stack.</summary>
    private static string? Refuse(StackOffer offer)
    {
        EngineSettings settings = offer.Settings;
        return offer.Choice == EngineChoice.Fused || (offer.Choice == EngineChoice.Auto && FusedScope.Refuse(settings) is null) ? "the fused engine takes it"
            : offer.KeepsCheckpoints ? "it keeps checkpoints, from which it goes on alone"
            : settings.Precision != Precision.Float32 ? $"the precision is {settings.Precision}"
            : settings.Train.IsLazy ? "the rows are decoded from files while they are trained on"
            : settings.Train.IsAugmented ? "the training rows are augmented"
            : settings.Train.RowWeights is not null ? "the rows have weights"
            : settings.ChangesMomentum ? "its schedule changes the momentum"
            : !settings.Rules.IsPlain ? $"the update rule '{settings.Rules}' is for one network"
            : settings.Objective is not SupervisedObjective ? $"the objective {settings.Objective.Type} is not supervised learning"
            : StackedOptimizerKinds.Refuse(settings.Optimizer) ?? Refuse(settings.Network)
            ?? (Work(settings) > MostWork(settings) ? string.Create(CultureInfo.InvariantCulture, $"a step is {Work(settings):N0} multiplications, too many to gain") : null);
    }

    private static string? Refuse(NetworkDefinition network)
    {
        if (network.Inputs.Length != 1) return $"the network has {network.Inputs.Length} inputs";
        string before = network.Inputs[0].Name;
        foreach (LayerNode node in network.Layers)
        {
            if (node.From.Length != 1 || node.From[0] != before) return $"the layer '{node.Name}' does not follow '{before}': the network is not a chain";
            if ((node.SharedWith ?? node.Ties.FirstOrDefault()?.Owner) is { } owner) return $"the layer '{node.Name}' computes with the weights of '{owner}'";
            if (node.IsFrozen) return $"the layer '{node.Name}' is frozen";
            if (StackedLayerKinds.Find(node.Layer.GetType()) is not { } kind) return $"the layer '{node.Name}' ({node.Type}) has no stacked form";
            if (kind.Refuse(node) is { } reason) return $"the layer '{node.Name}' ({node.Type}) has no stacked form here: {reason}";
            before = node.Name;
        }
        return network.Outputs.Length != 1 || network.Outputs[0] != before ? "the network's output is not its last layer alone"
            : network.OutputShape.Count != 1 ? $"its output is {network.OutputShape}, not one row of numbers"
            : null;
    }

    private static long Work(EngineSettings settings) => settings.Network.MultiplyAdds * settings.BatchSize;

    private static long MostWork(EngineSettings settings) => !settings.Device.Trim().Equals("cpu", StringComparison.OrdinalIgnoreCase) ? MostDeviceWork
        : settings.Network.Layers.Any(l => l.Layer is ConvolutionLayer) ? MostConvolutionWork : MostDenseWork;
}
