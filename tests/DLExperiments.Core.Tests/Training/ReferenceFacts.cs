using System.Collections;
using System.Text.Json.Nodes;

namespace DLExperiments.Tests.Training;

/// <summary>Reads the facts in tests/Reference, which the Python scripts beside them wrote.</summary>
internal static class ReferenceFacts
{
    internal static JsonNode Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(NativeSetup.RepositoryRoot, "tests", "Reference", file)))!;

    internal static double[] Numbers(JsonNode node) => [.. node.AsArray().Select(v => v!.GetValue<double>())];

    /// <summary>A JSON object of settings as a hashtable, as a script would give it.</summary>
    internal static Hashtable Settings(JsonNode node)
    {
        var settings = new Hashtable();
        foreach ((string name, JsonNode? value) in node.AsObject())
            settings[name] = value switch
            {
                JsonArray list => Numbers(list),
                JsonValue v when v.TryGetValue(out bool flag) => flag,
                JsonValue v when v.TryGetValue(out string? text) => text,
                _ => value!.GetValue<double>(),
            };
        return settings;
    }
}
