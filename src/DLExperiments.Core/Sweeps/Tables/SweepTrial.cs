using System.Text.Json.Nodes;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Tables;

/// <summary>A trial as a row of the sweep's table. Its parameters, metrics and the plain properties of its output are properties of the row too.</summary>
public sealed record SweepTrial
{
    /// <summary>Which trial, from 0.</summary>
    public required int Trial { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>The value of the first objective; null while it has none.</summary>
    public double? Value { get; init; }

    /// <summary>The parameters, to look at and to splat; null while nobody has begun the trial.</summary>
    public Setting? Parameters { get; init; }

    /// <summary>With several objectives: 0 for trials that no other beats (the Pareto front), 1 for those that only such beat, and so on.</summary>
    public int? Front { get; init; }

    /// <summary>Which setting of the parameters, from 0: trials of one point differ in seed and fold.</summary>
    public required int Point { get; init; }

    /// <summary>Which repeat of the point, from 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>Which fold of the data, from 0; null without folds.</summary>
    public int? Fold { get; init; }

    /// <summary>The seed of its trainings.</summary>
    public required long Seed { get; init; }

    /// <summary>How many epochs its trainings made; null while it runs.</summary>
    public int? Epochs { get; init; }

    /// <summary>How long it took; of a running one, how long it has taken so far.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime? Started { get; init; }

    /// <summary>The machine and process that ran it or is at it.</summary>
    public string? Worker { get; init; }

    /// <summary>Which attempt it was or is, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>The trial with the same parameters, seed and data whose result this is, as nothing is computed twice.</summary>
    public int? SameAs { get; init; }

    /// <summary>Stable id of the error it failed with.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The error in words.</summary>
    public string? Error { get; init; }

    /// <summary>Where in the script the error was.</summary>
    public string? ErrorPosition { get; init; }

    /// <summary>The cost after each epoch as pruners saw it, lower is better.</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>The trial's folder.</summary>
    public required string Path { get; init; }

    /// <summary>The values of all objectives by name.</summary>
    internal IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The plain properties of the output.</summary>
    internal JsonObject Output { get; init; } = [];

    /// <summary>All further columns of the row in their order: metrics, parameters (null where one does not count), output.</summary>
    /// <param name="plan">The sweep.</param>
    public IReadOnlyList<KeyValuePair<string, object?>> Columns(Store.SweepPlan plan)
    {
        var columns = new List<KeyValuePair<string, object?>>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        void Add(string name, object? value)
        {
            if (names.Add(name)) columns.Add(new(name, value));
        }
        foreach (SweepObjective objective in plan.Objectives) Add(objective.Metric, Metrics.TryGetValue(objective.Metric, out double value) ? value : null);
        foreach (SpaceEntry entry in plan.Space.Entries) Add(entry.Name, Parameters?.Columns.GetValueOrDefault(entry.Name));
        foreach (System.Reflection.PropertyInfo own in typeof(SweepTrial).GetProperties()) names.Add(own.Name);
        foreach ((string name, JsonNode? value) in Output) Add(name, SpaceJson.Plain(value));
        return columns;
    }
}
