using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Stacking;

/// <summary>What a training was given when it met others: a place in a stack, or its turn to compute alone. It is over with <see cref="Dispose"/>.</summary>
/// <param name="engine">Its engine in a stack; null for one of its own.</param>
/// <param name="reason">Why it is this engine, as a sentence; null for an engine of its own.</param>
/// <param name="end">Called when it is over.</param>
internal sealed class StackTurn(IStepEngine? engine, string? reason, Action end) : IDisposable
{
    /// <summary>Its engine in a stack; null for one of its own.</summary>
    internal IStepEngine? Engine => engine;

    /// <summary>Why it is this engine, as a sentence; null for an engine of its own.</summary>
    internal string? Reason => reason;

    /// <inheritdoc/>
    public void Dispose() => end();
}
