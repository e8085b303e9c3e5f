using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Catalogues;

/// <summary>Catalogue entries as JSON: <c>{ "type": "Conv2d", "outChannels": 16, "kernelSize": [3] }</c>; defaults are left out.</summary>
internal static class CatalogueJson
{
    internal static JsonObject Write(CatalogueEntry entry, object value)
    {
        var json = new JsonObject { ["type"] = entry.Name };
        foreach (CatalogueParameter parameter in entry.Parameters)
        {
            object? set = parameter.Property.GetValue(value);
            if (parameter.IsMandatory || !Same(set, parameter.DefaultValue))
                json[JsonNamingPolicy.CamelCase.ConvertName(parameter.Name)] = ToNode(set);
        }
        return json;
    }

    internal static object Read(ICatalogue catalogue, JsonNode node)
    {
        if (node is not JsonObject json || json["type"] is not JsonValue type || type.GetValueKind() != JsonValueKind.String)
            throw new ExperimentException("InvalidJson", ErrorKind.InvalidData,
                $"{NearNames.WithArticle(catalogue.Kind)} in JSON is an object with a \"type\"; found {Shorten(node)}.", node?.ToJsonString());
        var values = new Hashtable();
        foreach ((string name, JsonNode? item) in json)
            if (name != "type") values[name] = FromNode(item);
        return catalogue.Find(type.GetValue<string>()).Create(values);
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        bool b => JsonValue.Create(b),
        int or long or short or byte => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double d => Number(d),
        float f => Number(f),
        string s => JsonValue.Create(s),
        Enum e => JsonValue.Create(e.ToString()),
        Array a => new JsonArray([.. a.Cast<object?>().Select(ToNode)]),
        _ when CatalogueIndex.HeadOf(value.GetType()) is { } catalogue => catalogue.ToJson(value),
        _ => JsonValue.Create(value.ToString()),
    };

    // JSON has no NaN or infinity; their names convert back like any other string.
    private static JsonValue Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static object? FromNode(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(FromNode).ToArray(),
        JsonObject table => table.ToDictionary(p => p.Key, p => FromNode(p.Value), StringComparer.OrdinalIgnoreCase),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Number(value),
        },
        _ => null,
    };

    private static object Number(JsonValue value)
    {
        string text = value.ToJsonString();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole
            : double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static bool Same(object? a, object? b) =>
        a is Array x && b is Array y
            ? x.Cast<object?>().SequenceEqual(y.Cast<object?>())
            : a is not null && b is not null && CatalogueIndex.HeadOf(a.GetType()) is { } head && a.GetType() == b.GetType()
                ? JsonNode.DeepEquals(head.ToJson(a), head.ToJson(b))
                : Equals(a, b);

    private static string Shorten(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length <= 80 ? text : text[..80] + "...";
    }
}
