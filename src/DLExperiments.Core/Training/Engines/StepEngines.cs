using DLExperiments.Training.Fused;

namespace DLExperiments.Training.Engines;

/// <summary>Chooses and makes step engines.</summary>
internal static class StepEngines
{
    /// <summary>Makes the engine for a training.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="settings">The training.</param>
    /// <param name="reason">Why it became this engine, as a sentence.</param>
    internal static IStepEngine Create(EngineChoice choice, EngineSettings settings, out string reason)
    {
        string? refusal = choice == EngineChoice.Torch ? "it was asked for" : FusedScope.Refuse(settings);
        if (choice == EngineChoice.Fused && refusal is not null) throw FusedStepEngine.NotApplicable(refusal, settings.Network);
        reason = refusal is not null ? $"Torch: {refusal}." : choice == EngineChoice.Fused ? "Fused: it was asked for." : "Fused: it takes this network, loss and optimizer.";
        return refusal is null ? new FusedStepEngine(settings) : new TorchStepEngine(settings);
    }
}
