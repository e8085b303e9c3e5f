using DLExperiments.Data;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Stacking;

/// <summary>A training that could be computed together with others.</summary>
/// <param name="Choice">The engine that was asked for.</param>
/// <param name="Settings">What its engine is made from.</param>
/// <param name="Validation">What it validates on, or null.</param>
/// <param name="KeepsCheckpoints">Whether it keeps checkpoints, to go on alone from.</param>
internal sealed record StackOffer(EngineChoice Choice, EngineSettings Settings, Dataset? Validation, bool KeepsCheckpoints = false);
