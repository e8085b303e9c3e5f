namespace DLExperiments.Sweeps.Spaces;

/// <summary>One dimension of the unit cube of a space.</summary>
/// <param name="Levels">How many different values it has, each an equal part of [0, 1]; null for all numbers.</param>
/// <param name="IsCategorical">Whether neighbouring parts are no more alike than others.</param>
/// <param name="IsListed">Whether a grid takes all levels.</param>
/// <param name="Parent">The dimension on which it depends, an earlier one; -1 for none.</param>
/// <param name="ParentLevels">The levels of that dimension with which it counts.</param>
public sealed record CubeDimension(int? Levels, bool IsCategorical, bool IsListed, int Parent, IReadOnlyList<int> ParentLevels);
