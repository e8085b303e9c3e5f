namespace DLExperiments.Training.Stacking;

/// <summary>Whether trainings like one should be computed together.</summary>
/// <param name="Most">How many at most; 1 for each alone.</param>
/// <param name="Reason">Why, as a clause.</param>
internal sealed record StackDecision(int Most, string Reason);
