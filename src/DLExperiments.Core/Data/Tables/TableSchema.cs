using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DLExperiments.Data.Tables;

/// <summary>How the columns of a table become a row of numbers: kept with the model, so that new rows are encoded the same way.</summary>
public sealed class TableSchema
{
    /// <summary>Makes a schema.</summary>
    /// <param name="features">The feature columns, in order.</param>
    /// <param name="targets">The target columns, in order.</param>
    public TableSchema(IEnumerable<TableColumn> features, IEnumerable<TableColumn> targets)
    {
        Features = [.. features];
        Targets = [.. targets];
    }

    /// <summary>The feature columns, in order.</summary>
    public ImmutableArray<TableColumn> Features { get; }

    /// <summary>The target columns, in order.</summary>
    public ImmutableArray<TableColumn> Targets { get; }

    /// <summary>How many numbers a row of features becomes.</summary>
    public int FeatureWidth => Features.Sum(f => f.Width);

    /// <summary>The schema as JSON, for the model file.</summary>
    public JsonObject ToJson() => new()
    {
        ["features"] = new JsonArray([.. Features.Select(f => (JsonNode)f.ToJson())]),
        ["targets"] = new JsonArray([.. Targets.Select(f => (JsonNode)f.ToJson())]),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static TableSchema FromJson(JsonNode json) => new(
        (json["features"] as JsonArray ?? []).Select(f => TableColumn.FromJson(f!)),
        (json["targets"] as JsonArray ?? []).Select(f => TableColumn.FromJson(f!)));
}
