namespace DLExperiments.Training.Prefetching;

/// <summary>Where a batch lies in an epoch.</summary>
/// <param name="First">Its first place in the epoch's order.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Number">The step that keys its randomness.</param>
internal readonly record struct BatchPlace(int First, int Count, long Number);
