using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Epochs as JSON, every number to the last bit.</summary>
internal static class EpochJson
{
    // Norms of gradients may be infinite where the loss still is not, and metrics NaN.
    private static readonly JsonSerializerOptions Named = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static JsonNode Write(EpochResult epoch) => JsonSerializer.SerializeToNode(epoch, Named)!;

    internal static EpochResult Read(JsonNode json)
    {
        EpochResult epoch = json.Deserialize<EpochResult>(Named) ?? throw new JsonException("an epoch is null");
        return epoch with { Measures = new Dictionary<string, double>(epoch.Measures, StringComparer.OrdinalIgnoreCase) };
    }
}
