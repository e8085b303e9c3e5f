using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Models;

/// <summary>A model as one safetensors file: the weights as tensors, everything else as JSON in the metadata.</summary>
public static class ModelFile
{
    private const string Key = "dlexperiments";
    private const int Version = 1;

    /// <summary>Saves a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Full path; by custom it ends in <c>.safetensors</c>.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, FolderNotFound or FileNotWritable.</exception>
    public static void Export(Model model, string path, bool overwrite)
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["network"] = NetworkJson.ToJson(model.Network),
            ["preprocessing"] = model.Preprocessing.ToJson(),
            ["outputs"] = ModelOutputJson.Write(model.Outputs),
            ["objective"] = model.Objective is null ? null : Catalogue<Objective>.Default.ToJson(model.Objective),
        };
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [Key] = json.ToJsonString() };
        SafeTensorsFile.Write(path, model.Weights.Tensors, metadata, overwrite);
    }

    /// <summary>Loads a model and verifies that its weights are whole and those of its network.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <param name="compileLoss">Binds the text of a custom objective, which is code; null leaves it as text, with which the model predicts, but is not trained or measured.</param>
    /// <exception cref="ExperimentException">FileNotFound; ScriptNotAllowed; InvalidModelFile: damaged, or not written by this module; WeightMismatch.</exception>
    public static Model Import(string path, Func<string, TensorFunction>? compile = null, Func<string, LossFunction>? compileLoss = null)
    {
        (IReadOnlyList<WeightTensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensorsFile.Read(path);
        if (!metadata.TryGetValue(Key, out string? text))
            throw Foreign(path, "it holds weights, but no description of the network; make the network and set its weights from the file");
        try
        {
            JsonNode json = JsonNode.Parse(text)!;
            int version = json["version"]!.GetValue<int>();
            if (version > Version) throw Foreign(path, $"it was written by a newer version (format {version}, known up to {Version})");
            NetworkDefinition network = NetworkJson.FromJson(json["network"]!, compile);
            return new Model(network, Order(tensors, network),
                Preprocessing.FromJson(json["preprocessing"]!),
                json["outputs"] is { } outputs ? ModelOutputJson.Read(outputs) : Before(json, network),
                json["objective"] is { } objective ? CustomObjective.Bind(Catalogue<Objective>.Default.FromJson(objective), compileLoss) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw Foreign(path, $"its description is damaged ({e.Message})", e);
        }
    }

    /// <summary>What files said before networks had several outputs: the loss and the classes of the only one.</summary>
    private static ModelOutput[] Before(JsonNode json, NetworkDefinition network) =>
    [
        new ModelOutput(network.Outputs[0], json["loss"] is { } loss ? Catalogue<Loss>.Default.FromJson(loss) : null, null,
            (json["classNames"] as JsonArray)?.Select(c => c!.GetValue<string>()).ToArray(), IsFirstTarget: true),
    ];

    // The file keeps the order of the layers, but another writer may not; buffers are known by the network alone.
    private static WeightSet Order(IReadOnlyList<WeightTensor> tensors, NetworkDefinition network)
    {
        var specs = network.Layers.SelectMany(l => l.Parameters.Select(p => (Name: $"{l.Name}.{p.Name}", p.IsBuffer)))
            .Select((p, place) => (p.Name, p.IsBuffer, place)).ToDictionary(p => p.Name);
        return new WeightSet(tensors
            .OrderBy(t => specs.TryGetValue(t.Name, out var spec) ? spec.place : int.MaxValue)
            .Select(t => specs.TryGetValue(t.Name, out var spec) && spec.IsBuffer ? new WeightTensor(t.Name, t.Shape, t.Values, isBuffer: true) : t));
    }

    private static ExperimentException Foreign(string path, string what, Exception? inner = null) =>
        new("InvalidModelFile", ErrorKind.InvalidData, $"'{path}' is not a model of this module: {what}.", path, inner);
}
