using DLExperiments.Training.Fused;

namespace DLExperiments.Training.Engines;

/// <summary>Chooses and makes step engines.</summary>
internal static class StepEngines
{
    // The fused engine computes with one thread; from here on (1024-1024 with batches of 64, say) libtorch with several is faster.
    private const long MostFusedWork = 64_000_000;

    /// <summary>Makes the engine for a training.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="settings">The training.</param>
    /// <param name="reason">Why it became this engine, as a sentence.</param>
    internal static IStepEngine Create(EngineChoice choice, EngineSettings settings, out string reason)
    {
        string? refusal = choice == EngineChoice.Torch ? "it was asked for" : FusedScope.Refuse(settings);
        if (choice == EngineChoice.Fused && refusal is not null) throw FusedStepEngine.NotApplicable(refusal, settings.Network);
        if (choice == EngineChoice.Auto && refusal is null) refusal = FindFaster(settings);
        reason = refusal is not null ? $"Torch: {refusal}." : choice == EngineChoice.Fused ? "Fused: it was asked for." : "Fused: it takes this network, loss and optimizer.";
        return refusal is null ? new FusedStepEngine(settings) : new TorchStepEngine(settings);
    }

    /// <summary>Why Torch would be faster, as a clause; null when it would not.</summary>
    private static string? FindFaster(EngineSettings settings)
    {
        long work = settings.Network.MultiplyAdds * settings.BatchSize;
        int threads = settings.Threads ?? Environment.ProcessorCount;
        return work > MostFusedWork && threads > 2 ? $"{work} multiplications a step are shared better by {threads} threads" : null;
    }
}
