using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Objectives;

/// <summary>One of those who take turns in changing a network: its parameters by name, and its optimizer.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Parameters">Names of layers, blocks or parameters, with wildcards.</param>
/// <param name="Optimizer">Its optimizer; null for the training's.</param>
public sealed record PlayerPlan(string Name, IReadOnlyList<string> Parameters, Optimizer? Optimizer = null)
{
    internal static IReadOnlyList<PlayerPlan> One { get; } = [new PlayerPlan("network", ["*"])];
}
