using System.Text.Json;
using System.Text.Json.Nodes;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Epochs as JSON, every number to the last bit.</summary>
internal static class EpochJson
{
    internal static JsonNode Write(EpochResult epoch) => JsonSerializer.SerializeToNode(epoch)!;

    internal static EpochResult Read(JsonNode json)
    {
        EpochResult epoch = json.Deserialize<EpochResult>() ?? throw new JsonException("an epoch is null");
        return epoch with { Measures = new Dictionary<string, double>(epoch.Measures, StringComparer.OrdinalIgnoreCase) };
    }
}
