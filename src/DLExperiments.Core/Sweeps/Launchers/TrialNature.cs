namespace DLExperiments.Sweeps.Launchers;

/// <summary>What is known of a sweep's trials before one has run.</summary>
public sealed record TrialNature
{
    /// <summary>What of the session's memory they use, in words (its data, its variables); null for nothing, so that they can run in another process.</summary>
    public string? Uses { get; init; }

    /// <summary>What they change for their whole process, in words (<c>it sets $env:X</c>); null for nothing, so that they can run side by side in one.</summary>
    public string? Changes { get; init; }
}
