using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DLExperiments.Data.Tables;

/// <summary>How the columns of a table become a row of numbers: kept with the model, so that new rows are encoded the same way.</summary>
public sealed class TableSchema
{
    /// <summary>Makes a schema.</summary>
    /// <param name="features">The feature columns, in order.</param>
    /// <param name="targets">The target columns, in order.</param>
    /// <param name="missingValues">Texts that count as missing beside empty ones.</param>
    /// <param name="fillsMissing">Whether fitted steps fill in missing features; if not, a missing one is an error.</param>
    public TableSchema(IEnumerable<TableColumn> features, IEnumerable<TableColumn> targets,
        IEnumerable<string>? missingValues = null, bool fillsMissing = false)
    {
        Features = [.. features];
        Targets = [.. targets];
        MissingValues = [.. missingValues ?? []];
        FillsMissing = fillsMissing;
    }

    /// <summary>The feature columns, in order.</summary>
    public ImmutableArray<TableColumn> Features { get; }

    /// <summary>The target columns, in order.</summary>
    public ImmutableArray<TableColumn> Targets { get; }

    /// <summary>Texts that count as missing beside empty ones.</summary>
    public ImmutableArray<string> MissingValues { get; }

    /// <summary>Whether fitted steps fill in missing features; if not, a missing one is an error.</summary>
    public bool FillsMissing { get; }

    /// <summary>How many numbers a row of features becomes.</summary>
    public int FeatureWidth => Features.Sum(f => f.Width);

    /// <summary>The schema as JSON, for the model file.</summary>
    public JsonObject ToJson() => new()
    {
        ["features"] = new JsonArray([.. Features.Select(f => (JsonNode)f.ToJson())]),
        ["targets"] = new JsonArray([.. Targets.Select(f => (JsonNode)f.ToJson())]),
        ["missingValues"] = new JsonArray([.. MissingValues.Select(m => (JsonNode)JsonValue.Create(m)!)]),
        ["fillsMissing"] = FillsMissing,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static TableSchema FromJson(JsonNode json) => new(
        (json["features"] as JsonArray ?? []).Select(f => TableColumn.FromJson(f!)),
        (json["targets"] as JsonArray ?? []).Select(f => TableColumn.FromJson(f!)),
        (json["missingValues"] as JsonArray ?? []).Select(m => m!.GetValue<string>()),
        json["fillsMissing"]?.GetValue<bool>() ?? false);
}
