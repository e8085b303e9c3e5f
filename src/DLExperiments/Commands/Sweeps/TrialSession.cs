namespace DLExperiments.Commands.Sweeps;

/// <summary>What trials see of the session that began the sweep.</summary>
/// <param name="Location">The folder that they run in.</param>
/// <param name="Variables">The values of <c>$using:</c> variables by name.</param>
internal sealed record TrialSession(string Location, IReadOnlyDictionary<string, object?> Variables);
