using System.Text.Json.Nodes;

namespace DLExperiments.Sweeps.Store;

/// <summary>What a trial that has ended left: the file result.json.</summary>
public sealed record TrialRecord
{
    /// <summary>Which trial, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Finished, Pruned or Failed.</summary>
    public required TrialState State { get; init; }

    /// <summary>Its point of the cube; NaN where a dimension did not count.</summary>
    public required double[] Place { get; init; }

    /// <summary>The seed of its trainings.</summary>
    public required long Seed { get; init; }

    /// <summary>A hash of its parameters, seed, fold, code and data: trials of the same key are one.</summary>
    public required string Key { get; init; }

    /// <summary>One value for each objective; empty when it failed.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>What pruners looked at after each epoch; lower is better.</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>The plain properties of its output.</summary>
    public JsonObject Output { get; init; } = [];

    /// <summary>Stable id of the error it failed with, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The error in words, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Where in the script the error was, or null.</summary>
    public string? ErrorPosition { get; init; }

    /// <summary>The trial of the same key whose result this is, or null.</summary>
    public int? SameAs { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The machine and the process.</summary>
    public string Worker { get; init; } = "";
}
