using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DLExperiments.Sweeps.Spaces;

/// <summary>Plain values (numbers, texts, lists, tables) as JSON and back, with the names of a table in their order or sorted.</summary>
internal static class SpaceJson
{
    internal static JsonObject Write(IDictionary table)
    {
        var json = new JsonObject();
        IEnumerable<DictionaryEntry> items = table.Cast<DictionaryEntry>();
        // The order of a hashtable changes from process to process; a sweep must not.
        if (table is not IOrderedDictionary) items = items.OrderBy(i => i.Key.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry item in items) json[item.Key.ToString()!] = Node(item.Key.ToString()!, item.Value);
        return json;
    }

    /// <summary>A value as JSON.</summary>
    /// <exception cref="Errors.ExperimentException">InvalidSpace: it is no plain value.</exception>
    internal static JsonNode? Node(string name, object? value) => value switch
    {
        null => null,
        string s => JsonValue.Create(s),
        bool b => JsonValue.Create(b),
        Type t when t == typeof(bool) => JsonValue.Create("bool"),
        sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double or decimal or ulong => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        TimeSpan time => JsonValue.Create(time.ToString("c", CultureInfo.InvariantCulture)),
        DateTime date => JsonValue.Create(date.ToString("O", CultureInfo.InvariantCulture)),
        Enum e => JsonValue.Create(e.ToString()),
        IDictionary table => Write(table),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(v => Node(name, v))]),
        _ => throw SpaceText.Error(name, value, $"a {value.GetType().Name} cannot be kept in a file; give a number, a text, a list or a hashtable"),
    };

    /// <summary>The value of a JSON number, text, true or false; null for anything else.</summary>
    internal static object? Scalar(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => SpaceText.Scalar(value.ToJsonString()),
        _ => null,
    };

    /// <summary>JSON as plain values.</summary>
    internal static object? Plain(JsonNode? node)
    {
        if (node is JsonArray list) return list.Select(Plain).ToArray();
        if (node is not JsonObject table) return Scalar(node);
        var plain = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? item) in table) plain[name] = Plain(item);
        return plain;
    }

    /// <summary>The values of nested tables by their full names; a table with a Name stands for that name too.</summary>
    internal static void Flatten(string path, IDictionary table, Dictionary<string, object?> flat)
    {
        foreach (DictionaryEntry item in table)
        {
            string name = path + item.Key;
            if (item.Value is IDictionary inner)
            {
                flat.TryAdd(name, inner.Contains("Name") ? inner["Name"] : null);
                Flatten(name + ".", inner, flat);
            }
            else flat[name] = item.Value;
        }
    }

    private static JsonValue Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
}
