using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DLExperiments.Data.Tables;

/// <summary>One column of a table and how it becomes numbers.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Encoding">How it becomes numbers.</param>
/// <param name="Categories">The categories in the order of their indices; empty for numbers.</param>
public sealed record TableColumn(string Name, ColumnEncoding Encoding, ImmutableArray<string> Categories)
{
    /// <summary>How many numbers the column becomes.</summary>
    public int Width => Encoding == ColumnEncoding.OneHot ? Categories.Length : 1;

    /// <summary>The column as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["encoding"] = Encoding.ToString(),
        ["categories"] = new JsonArray([.. Categories.Select(c => (JsonNode)JsonValue.Create(c)!)]),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    public static TableColumn FromJson(JsonNode json) => new(
        json["name"]!.GetValue<string>(),
        Enum.Parse<ColumnEncoding>(json["encoding"]!.GetValue<string>()),
        [.. (json["categories"] as JsonArray ?? []).Select(c => c!.GetValue<string>())]);
}
