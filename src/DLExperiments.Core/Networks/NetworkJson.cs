using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Networks;

/// <summary>
/// Network definitions as JSON: <c>format</c>, <c>version</c>, <c>inputs</c>, <c>layers</c> and, when named, <c>outputs</c>. A layer is its name, its
/// type, <c>from</c> where that is not the layer before it, <c>frozen</c> where true, <c>tie</c> (names of other layers' weights that it computes with), and the
/// settings that differ from the defaults.
/// </summary>
public static class NetworkJson
{
    /// <summary>The version of the format that is written; older ones are read.</summary>
    public const int Version = 1;

    internal const string Format = "DLExperiments.Network";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a definition as JSON text for people too: one input, layer or output a line.</summary>
    /// <param name="network">The definition.</param>
    public static string Write(NetworkDefinition network)
    {
        IEnumerable<string> members = ToJson(network).Select(member => $"  \"{member.Key}\": "
            + (member.Value is JsonArray items
                ? items.Count == 0 ? "[]" : $"[\n{string.Join(",\n", items.Select(i => "    " + OneLine(i)))}\n  ]"
                : OneLine(member.Value)));
        return $"{{\n{string.Join(",\n", members)}\n}}\n";
    }

    /// <summary>Reads a definition from JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <exception cref="ExperimentException">InvalidNetworkJson: not JSON, not a network, or damaged; ScriptNotAllowed: it holds code and there is no
    /// <paramref name="compile"/>; UnknownLayer and others from its layers.</exception>
    public static NetworkDefinition Read(string json, Func<string, TensorFunction>? compile = null)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json);
        }
        catch (JsonException e)
        {
            throw Invalid($"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})", e);
        }
        return FromJson(node, compile);
    }

    /// <summary>Writes a definition as a JSON object, to be put into another.</summary>
    /// <param name="network">The definition.</param>
    public static JsonObject ToJson(NetworkDefinition network)
    {
        var json = new JsonObject { ["format"] = Format, ["version"] = Version };
        if (network.Name is not null) json["name"] = network.Name;
        json["inputs"] = new JsonArray([.. network.Inputs.Select(i => new JsonObject { ["name"] = i.Name, ["shape"] = Array(i.Shape.Sizes) })]);
        var layers = new JsonArray();
        string previous = network.Inputs[0].Name;
        foreach (LayerNode layer in network.Layers)
        {
            layers.Add(ToJson(layer, previous));
            previous = layer.Name;
        }
        json["layers"] = layers;
        if (!network.NamedOutputs.IsEmpty) json["outputs"] = Array(network.NamedOutputs);
        return json;
    }

    /// <summary>Reads a definition from a JSON object.</summary>
    /// <param name="node">What <see cref="ToJson(NetworkDefinition)"/> wrote.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <exception cref="ExperimentException">InvalidNetworkJson: not a network, or damaged; ScriptNotAllowed; UnknownLayer and others from its layers.</exception>
    public static NetworkDefinition FromJson(JsonNode? node, Func<string, TensorFunction>? compile = null)
    {
        if (node is not JsonObject json || Text(json["format"]) != Format)
            throw Invalid($"there is no \"format\": \"{Format}\" in it; Export-Network writes such files");
        if (Number(json["version"]) is not { } version || version < 1) throw Invalid("its \"version\" is missing or not a number");
        if (version > Version)
            throw new ExperimentException("NetworkTooNew", ErrorKind.InvalidData,
                $"The network has the format version {version}, but this DLExperiments reads up to {Version}; update it.", version);
        NetworkDefinition network = NetworkDefinition.Create(Objects(json, "inputs").Select(ReadInput), Text(json["name"]));
        var ties = new List<(string Layer, string[] Weights)>();
        foreach (JsonObject layer in Objects(json, "layers"))
        {
            network = AddLayer(network, layer, compile);
            if (layer["tie"] is { } tie) ties.Add((network.LastName, Names(tie, "tie")));
        }
        // The owner of a tied weight may come after the layer that uses it.
        foreach ((string layer, string[] weights) in ties) network = network.WithTied(layer, weights);
        return json["outputs"] is { } outputs ? network.WithOutputs(Names(outputs, "outputs")) : network;
    }

    private static string OneLine(JsonNode? node) => node switch
    {
        JsonObject table => $"{{ {string.Join(", ", table.Select(m => $"\"{m.Key}\": {OneLine(m.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(OneLine))}]",
        null => "null",
        _ => node.ToJsonString(Plain),
    };

    private static JsonObject ToJson(LayerNode layer, string previous)
    {
        var json = new JsonObject { ["name"] = layer.Name };
        JsonObject settings = Catalogue<Layer>.Default.ToJson(layer.Layer);
        json["type"] = settings["type"]!.DeepClone();
        if (layer.From.Length != 1 || layer.From[0] != previous)
            json["from"] = layer.From.Length == 1 ? JsonValue.Create(layer.From[0]) : Array(layer.From);
        if (layer.SharedWith is not null)
        {
            // The other layer has the settings and whether it is frozen.
            json["share"] = layer.SharedWith;
            return json;
        }
        if (layer.IsFrozen) json["frozen"] = true;
        if (!layer.Ties.IsEmpty) json["tie"] = Array(layer.Ties.Select(t => t.FullName));
        foreach ((string name, JsonNode? value) in settings)
            if (name != "type") json[name] = value?.DeepClone();
        return json;
    }

    private static NetworkDefinition AddLayer(NetworkDefinition network, JsonObject json, Func<string, TensorFunction>? compile)
    {
        string[]? sources = json["from"] is { } feeds ? Names(feeds, "from") : null;
        if (json["share"] is { } share)
            return network.AddShared(Text(share) ?? throw Invalid($"\"share\" is {share.ToJsonString()}, not the name of a layer"), Text(json["name"]), sources);
        string? name = json["name"] is { } given ? Text(given) ?? throw Invalid($"the name of a layer is {given.ToJsonString()}, not a text") : null;
        bool frozen = json["frozen"] is { } flag && (flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? flag.GetValue<bool>()
            : throw Invalid($"\"frozen\" of layer '{name}' is {flag.ToJsonString()}, not true or false"));
        Layer layer;
        try
        {
            layer = ReadLayer(json, compile);
        }
        catch (ExperimentException e) when (name is not null)
        {
            throw new ExperimentException(e.ErrorId, ErrorKind.InvalidData, $"Layer '{name}' of the network: {e.Message}", e.Target, e);
        }
        return network.Add(layer, name, sources, frozen);
    }

    /// <summary>Reads the type and the settings of a layer, without its place in a network.</summary>
    internal static Layer ReadLayer(JsonObject json, Func<string, TensorFunction>? compile)
    {
        var settings = (JsonObject)json.DeepClone();
        foreach (string own in new[] { "name", "from", "frozen", "tie" }) settings.Remove(own);
        return Bind(Catalogue<Layer>.Default.FromJson(settings), compile);
    }

    private static Layer Bind(Layer layer, Func<string, TensorFunction>? compile)
    {
        if (layer is not LambdaLayer { Script.IsBound: false } lambda) return layer;
        if (compile is null)
            throw new ExperimentException("ScriptNotAllowed", ErrorKind.InvalidOperation,
                "it is a Lambda, which holds code that would run on this machine. Read the code, and allow it with -AllowScript if you trust where it comes from.", lambda.Script.Text);
        return new LambdaLayer { Script = compile(lambda.Script.Text), OutputShape = lambda.OutputShape };
    }

    private static NetworkInput ReadInput(JsonObject json)
    {
        if (Text(json["name"]) is not { } name) throw Invalid("an input has no name");
        if (json["shape"] is not JsonArray sizes || sizes.Select(s => Number(s)).ToList() is not { } numbers || numbers.Contains(null))
            throw Invalid($"the shape of the input '{name}' is not a list of whole numbers");
        return new NetworkInput(name, new Shape([.. numbers.Select(n => n!.Value)]));
    }

    private static IEnumerable<JsonObject> Objects(JsonObject json, string name)
    {
        if (json[name] is not JsonArray items) throw Invalid($"its \"{name}\" are missing or not a list");
        return items.Select(i => i as JsonObject ?? throw Invalid($"one of its \"{name}\" is not an object"));
    }

    private static string[] Names(JsonNode node, string what) => node is JsonArray list
        ? [.. list.Select(n => Text(n) ?? throw Invalid($"a name in \"{what}\" is not a text"))]
        : [Text(node) ?? throw Invalid($"\"{what}\" is not a name or a list of names")];

    private static JsonArray Array(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)JsonValue.Create(n)!)]);

    private static JsonArray Array(IEnumerable<int> sizes) => new([.. sizes.Select(s => (JsonNode)JsonValue.Create(s)!)]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static ExperimentException Invalid(string why, Exception? inner = null) =>
        new("InvalidNetworkJson", ErrorKind.InvalidData, $"This is not the JSON of a network: {why}.", null, inner);
}
