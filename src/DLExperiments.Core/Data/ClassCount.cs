namespace DLExperiments.Data;

/// <summary>How many rows a class has.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Share">Its share of all rows, from 0 to 1.</param>
public sealed record ClassCount(string Class, int Count, double Share);
