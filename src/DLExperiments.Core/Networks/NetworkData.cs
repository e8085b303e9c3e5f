using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Networks;

/// <summary>
/// Network definitions as PowerShell data (.psd1), to be read and written by people: <c>Name</c>, <c>Input</c> (the shape, or names and shapes),
/// <c>Layers</c> and, when named, <c>Output</c>. A layer is a hashtable of its <c>Type</c>, its <c>Name</c>, <c>From</c> where that is not the layer before it,
/// <c>Frozen</c>, <c>Share</c>, <c>Tie</c>, and the settings that differ from the defaults.
/// </summary>
public static class NetworkData
{
    /// <summary>Writes a definition as the text of a data file, one layer a line.</summary>
    /// <param name="network">The definition.</param>
    public static string Write(NetworkDefinition network)
    {
        JsonObject json = NetworkJson.ToJson(network);
        var text = new StringBuilder("@{\n");
        if (network.Name is not null) text.Append(CultureInfo.InvariantCulture, $"    Name   = {Quote(network.Name)}\n");
        var inputs = (JsonArray)json["inputs"]!;
        if (inputs.Count == 1 && network.Inputs[0].Name == NetworkDefinition.DefaultInput)
            text.Append(CultureInfo.InvariantCulture, $"    Input  = {Value(inputs[0]!["shape"])}\n");
        else
            AppendLines(text, "Input ", inputs);
        AppendLines(text, "Layers", (JsonArray)json["layers"]!);
        if (json["outputs"] is { } outputs) text.Append(CultureInfo.InvariantCulture, $"    Output = {Value(outputs)}\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>Reads a definition from the table that a data file holds.</summary>
    /// <param name="table">What <see cref="Write"/> wrote, as the engine reads it.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <exception cref="ExperimentException">InvalidNetworkData: no Input or Layers, or an unknown key; and those of <see cref="NetworkJson.FromJson"/>.</exception>
    public static NetworkDefinition Read(IDictionary table, Func<string, TensorFunction>? compile = null)
    {
        JsonObject given = Given(table);
        if (given["input"] is null) throw Invalid("it has no Input; write Input = 1, 28, 28 or Input = @( @{ Name = 'image'; Shape = 1, 28, 28 } )");
        var json = new JsonObject { ["format"] = NetworkJson.Format, ["version"] = NetworkJson.Version };
        if (given["name"] is { } name) json["name"] = name.DeepClone();
        JsonArray input = List(given["input"]);
        json["inputs"] = input.All(i => i is JsonObject)
            ? new JsonArray([.. input.Select(i => new JsonObject { ["name"] = i!["name"]?.DeepClone(), ["shape"] = List(i["shape"]) })])
            : new JsonArray(new JsonObject { ["name"] = NetworkDefinition.DefaultInput, ["shape"] = input });
        json["layers"] = List(given["layers"]);
        if (given["output"] is { } output) json["outputs"] = output.DeepClone();
        return NetworkJson.FromJson(json, compile);
    }

    /// <summary>Checks a table whose Input is not known yet as far as that goes: its keys, and the type and the settings of each layer. With an Input it is read.</summary>
    /// <param name="table">The table, as for <see cref="Read"/>.</param>
    /// <exception cref="ExperimentException">As those of <see cref="Read"/>; the message names the layer by its number.</exception>
    public static void Check(IDictionary table)
    {
        JsonObject given = Given(table);
        JsonArray layers = List(given["layers"]);
        if (layers.Count == 0) throw Invalid("it has no Layers; write Layers = @( @{ Type = 'Linear'; OutFeatures = 2 } )");
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i] is not JsonObject layer) throw Invalid($"layer {i + 1} is {layers[i]?.ToJsonString() ?? "null"}, and should be a hashtable with a Type");
            if (layer["share"] is not null) continue;
            try
            {
                NetworkJson.ReadLayer(layer, null);
            }
            catch (ExperimentException e)
            {
                throw new ExperimentException(e.ErrorId, ErrorKind.InvalidData, $"layer {i + 1}: {e.Message}", e.Target, e);
            }
        }
        if (given["input"] is not null) Read(table);
    }

    private static JsonObject Given(IDictionary table)
    {
        var given = (JsonObject)ToNode(table)!;
        string[] known = ["name", "input", "layers", "output"];
        return given.FirstOrDefault(p => !known.Contains(p.Key)) is not { Key: { } extra } ? given
            : throw Invalid($"it has the key '{extra}', but a network has Name, Input, Layers and Output");
    }

    private static void AppendLines(StringBuilder text, string key, JsonArray items)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {key} = @(\n");
        foreach (JsonNode? item in items) text.Append(CultureInfo.InvariantCulture, $"        {Value(item)}\n");
        text.Append("    )\n");
    }

    private static string Value(JsonNode? node) => node switch
    {
        null => "$null",
        JsonArray { Count: 0 } => "@()",
        JsonArray list => string.Join(", ", list.Select(Value)),
        // The type first: it is what a reader looks for.
        JsonObject table => $"@{{ {string.Join("; ", table.OrderBy(p => p.Key == "type" ? 0 : 1).Select(p => $"{char.ToUpperInvariant(p.Key[0])}{p.Key[1..]} = {Setting(p.Key, p.Value)}"))} }}",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => Quote(node.GetValue<string>()),
            JsonValueKind.True => "$true",
            JsonValueKind.False => "$false",
            _ => node.ToJsonString(),
        },
    };

    // A padding is a text ('same', '1,2'), but reads better as the number that it usually is.
    private static string Setting(string key, JsonNode? value) =>
        key == "padding" && value?.ToString() is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? text : Value(value);

    // PowerShell takes the typographic quotes for quotes too.
    private static string Quote(string text) =>
        $"'{string.Concat(text.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{c}{c}" : c.ToString()))}'";

    private static JsonArray List(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => (JsonArray)list.DeepClone(),
        _ => new JsonArray(node.DeepClone()),
    };

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int whole => JsonValue.Create(whole),
        long or short or byte => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float or decimal => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IDictionary table => new JsonObject(table.Cast<DictionaryEntry>().Select(e => KeyValuePair.Create(Camel(e.Key.ToString() ?? ""), ToNode(e.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToNode)]),
        _ => throw Invalid($"it holds a {value.GetType().Name}; use numbers, texts, $true, $false, lists and hashtables"),
    };

    private static string Camel(string key) => key.Length == 0 ? key : char.ToLowerInvariant(key[0]) + key[1..];

    private static ExperimentException Invalid(string why) => new("InvalidNetworkData", ErrorKind.InvalidData, $"This is not the data of a network: {why}.");
}
