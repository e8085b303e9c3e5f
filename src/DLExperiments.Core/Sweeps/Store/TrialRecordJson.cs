using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Store;

/// <summary>Results as JSON; the parameters stand in it for people, the place in the cube is what counts.</summary>
internal static class TrialRecordJson
{
    internal static JsonObject Write(TrialRecord record, SweepPlan plan)
    {
        var json = new JsonObject
        {
            ["trial"] = record.Index,
            ["state"] = record.State.ToString(),
            ["parameters"] = SpaceJson.Write(plan.Space.At(record.Place)),
            ["seed"] = record.Seed,
            ["values"] = Numbers(record.Values),
            ["output"] = record.Output.DeepClone(),
            ["curve"] = Numbers(record.Curve),
            ["place"] = SweepPlanJson.Place(record.Place),
            ["key"] = record.Key,
            ["started"] = record.Started.ToString("O", CultureInfo.InvariantCulture),
            ["seconds"] = record.Duration.TotalSeconds,
            ["attempt"] = record.Attempt,
            ["worker"] = record.Worker,
        };
        if (record.SameAs is { } same) json["sameAs"] = same;
        if (record.Error is { } error)
            json["error"] = new JsonObject { ["id"] = record.ErrorId, ["message"] = error, ["position"] = record.ErrorPosition };
        return json;
    }

    internal static TrialRecord Read(JsonNode json) => new()
    {
        Index = json["trial"]!.GetValue<int>(),
        State = Enum.Parse<TrialState>(json["state"]!.GetValue<string>()),
        Place = SweepPlanJson.Place(json["place"]!),
        Seed = json["seed"]!.GetValue<long>(),
        Key = json["key"]!.GetValue<string>(),
        Values = Numbers(json["values"]!),
        Curve = Numbers(json["curve"]!),
        Output = json["output"]!.AsObject(),
        ErrorId = json["error"]?["id"]?.GetValue<string>(),
        Error = json["error"]?["message"]?.GetValue<string>(),
        ErrorPosition = json["error"]?["position"]?.GetValue<string>(),
        SameAs = json["sameAs"]?.GetValue<int>(),
        Started = DateTime.Parse(json["started"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        Duration = TimeSpan.FromSeconds(json["seconds"]!.GetValue<double>()),
        Attempt = json["attempt"]!.GetValue<int>(),
        Worker = json["worker"]!.GetValue<string>(),
    };

    // JSON has no NaN and no infinity; null stands for them.
    private static JsonArray Numbers(IReadOnlyList<double> values) => new([.. values.Select(v => double.IsFinite(v) ? (JsonNode)JsonValue.Create(v) : null)]);

    private static double[] Numbers(JsonNode json) => [.. json.AsArray().Select(v => v?.GetValue<double>() ?? double.NaN)];
}
