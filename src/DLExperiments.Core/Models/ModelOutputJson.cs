using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Losses;

namespace DLExperiments.Models;

/// <summary>The meaning of outputs as JSON, for model files and checkpoints.</summary>
internal static class ModelOutputJson
{
    internal static JsonArray Write(IReadOnlyList<ModelOutput> outputs) => new([.. outputs.Select(o => (JsonNode)new JsonObject
    {
        ["name"] = o.Name,
        ["loss"] = o.Loss is null ? null : Catalogue<Loss>.Default.ToJson(o.Loss),
        ["target"] = o.Target,
        ["classNames"] = o.ClassNames is null ? null : new JsonArray([.. o.ClassNames.Select(c => (JsonNode)JsonValue.Create(c)!)]),
        ["weight"] = o.Weight,
        ["auxiliary"] = o.IsAuxiliary,
        ["firstTarget"] = o.IsFirstTarget,
    })]);

    internal static ModelOutput[] Read(JsonNode json) => [.. json.AsArray().Select(o => new ModelOutput(
        o!["name"]!.GetValue<string>(),
        o["loss"] is { } loss ? Catalogue<Loss>.Default.FromJson(loss) : null,
        o["target"]?.GetValue<string>(),
        (o["classNames"] as JsonArray)?.Select(c => c!.GetValue<string>()).ToArray(),
        o["weight"]!.GetValue<double>(),
        o["auxiliary"]!.GetValue<bool>(),
        o["firstTarget"]!.GetValue<bool>()))];
}
