using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Updates;

/// <summary>Parameters with optimizer settings of their own.</summary>
/// <param name="Parameters">Names of layers, blocks or parameters, with wildcards (<c>conv*</c>, <c>*.bias</c>).</param>
/// <param name="Optimizer">Their optimizer.</param>
/// <param name="LearningRate">Their learning rate at the start, which a schedule changes in proportion; null for the training's.</param>
public sealed record ParameterGroup(string Parameters, Optimizer Optimizer, double? LearningRate = null);
