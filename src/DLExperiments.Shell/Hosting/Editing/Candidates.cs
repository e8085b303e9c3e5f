namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>What could stand at the cursor.</summary>
/// <param name="Start">Where the part to replace starts.</param>
/// <param name="Length">Its length.</param>
/// <param name="Items">The candidates: what is inserted, and what a list shows.</param>
public sealed record Candidates(int Start, int Length, IReadOnlyList<(string Text, string Label)> Items);
