using DLExperiments.Losses;

namespace DLExperiments.Training;

/// <summary>Targets of a piece as an engine takes them.</summary>
/// <param name="Name">The plan that they are for (<see cref="TargetPlan.Name"/>).</param>
/// <param name="Layout">Their form.</param>
/// <param name="Values">All rows, row-major, <see cref="TargetLayout.Width"/> values each; class indices as whole numbers.</param>
public sealed record PreparedTarget(string Name, TargetLayout Layout, float[] Values);
