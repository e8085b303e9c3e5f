using System.Globalization;
using System.Text.Json.Nodes;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Finds where two JSON values differ, in words.</summary>
internal static class JsonDifference
{
    /// <summary>The first difference, such as <c>layers[2].outFeatures is 16 in the checkpoint, 32 now</c>; null when there is none.</summary>
    internal static string? Find(JsonNode? written, JsonNode? now, string path = "")
    {
        switch (written, now)
        {
            case (JsonObject a, JsonObject b):
                return a.Select(p => p.Key).Union(b.Select(p => p.Key)).Select(key => Find(a[key], b[key], path.Length == 0 ? key : $"{path}.{key}")).FirstOrDefault(d => d is not null);
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                return a.Select((item, i) => Find(item, b[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))).FirstOrDefault(d => d is not null);
            case (JsonArray a, JsonArray b):
                return string.Create(CultureInfo.InvariantCulture, $"{Name(path)} has {a.Count} items in the checkpoint, {b.Count} now");
            default:
                return JsonNode.DeepEquals(written, now) ? null : $"{Name(path)} is {Show(written)} in the checkpoint, {Show(now)} now";
        }
    }

    private static string Name(string path) => path.Length == 0 ? "it" : path;

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "not set";
}
