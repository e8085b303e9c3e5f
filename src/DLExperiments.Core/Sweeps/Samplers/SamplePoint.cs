namespace DLExperiments.Sweeps.Samplers;

/// <summary>A point that was tried, as samplers see it.</summary>
/// <param name="Index">Which point of the sweep.</param>
/// <param name="Place">Its place in the unit cube; NaN where a dimension did not count.</param>
/// <param name="Cost">What it cost: lower is better. NaN when it failed.</param>
/// <param name="IsPruned">Whether it was given up before its end, with the cost that it had then.</param>
public sealed record SamplePoint(int Index, double[] Place, double Cost, bool IsPruned);
