using System.Management.Automation;

namespace DLExperiments.Commands.Training;

/// <summary>The scripts that follow a training.</summary>
/// <param name="OnEpoch">Runs after every epoch, or null.</param>
/// <param name="OnStep">Runs after every step, or null.</param>
internal sealed record TrainingScripts(ScriptBlock? OnEpoch, ScriptBlock? OnStep);
