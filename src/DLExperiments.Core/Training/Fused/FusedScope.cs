using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Fused.Layers;
using DLExperiments.Training.Fused.Losses;
using DLExperiments.Training.Fused.Optimizers;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Fused;

/// <summary>Says what the fused engine can take, and of what it cannot, why. Touches no native library.</summary>
internal static class FusedScope
{
    /// <summary>Why a training is outside, as a clause; null when it is inside.</summary>
    /// <param name="settings">The training.</param>
    internal static string? Refuse(EngineSettings settings) =>
        settings.Precision != Precision.Float32 ? $"the precision is {settings.Precision}"
        : settings.Train.IsLazy ? "the rows are decoded from files while they are trained on"
        : settings.Train.IsAugmented ? "the training rows are augmented"
        : settings.Rules.ParameterGroups.Count > 0 ? "some parameters have optimizer settings of their own"
        : settings.Device.Trim().Equals("cpu", StringComparison.OrdinalIgnoreCase) ? Refuse(settings.Network)
            ?? (settings.Objective is SupervisedObjective supervised ? Refuse(supervised.Loss, settings.Train.Layout)
                : $"the objective {settings.Objective.GetType().Name} is not supervised learning")
            ?? (FusedOptimizerKinds.Find(settings.Optimizer.GetType()) is null ? $"the optimizer {settings.Optimizer.Type} has no fused form" : null)
            ?? (settings.ChangesMomentum ? "its schedule changes the momentum" : null)
            ?? Refuse(settings.Rules)
        : $"the device is {settings.Device}, not cpu";

    /// <summary>Why a network is outside, as a clause; null when it is inside.</summary>
    /// <param name="network">The network.</param>
    internal static string? Refuse(NetworkDefinition network)
    {
        if (network.Inputs.Length != 1) return $"the network has {network.Inputs.Length} inputs";
        if (network.Layers.IsEmpty) return "the network has no layers";
        string before = network.Inputs[0].Name;
        foreach (LayerNode node in network.Layers)
        {
            if (node.From.Length != 1 || node.From[0] != before) return $"the layer '{node.Name}' does not follow '{before}': the network is not a chain";
            if ((node.SharedWith ?? node.Ties.FirstOrDefault()?.Owner) is { } owner) return $"the layer '{node.Name}' computes with the weights of '{owner}'";
            if (FusedLayerKinds.Find(node.Layer.GetType()) is not { } kind) return $"the layer '{node.Name}' ({node.Type}) has no fused form";
            if (kind.Refuse(node) is { } reason) return $"the layer '{node.Name}' ({node.Type}) has no fused form here: {reason}";
            before = node.Name;
        }
        return network.Outputs.Length != 1 || network.Outputs[0] != before ? "the network's output is not its last layer alone" : null;
    }

    /// <summary>Why update rules are outside, as a clause; null when they are inside.</summary>
    /// <param name="rules">The rules.</param>
    internal static string? Refuse(UpdateRules rules) =>
        rules.Regularisers.FirstOrDefault(r => r is not WeightPenalty { Norms: not null }) is { } other ? $"the regulariser {other.Type} has no fused form"
        // Whatever is left when all that has a fused form is taken away has none.
        : (rules with { Regularisers = [], ClipNorm = null, ClipValue = null, BatchParts = 1, LearningRateFactors = UpdateRules.None.LearningRateFactors, WeightAverage = null, ReportNorms = false }) is { IsPlain: false } rest
            ? $"the update rule '{rest}' has no fused form" : null;

    /// <summary>Why a loss is outside, as a clause; null when it is inside.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="layout">The form of its targets.</param>
    internal static string? Refuse(Loss loss, TargetLayout layout) =>
        FusedLossKinds.Find(loss.GetType()) is not { } kind ? $"the loss {loss.Type} has no fused form"
        : kind.Refuse(layout) is { } reason ? $"the loss {loss.Type} has no fused form here: {reason}"
        : null;
}
