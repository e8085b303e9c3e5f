using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;

namespace DLExperiments.Sweeps.Store;

/// <summary>The plan as the file sweep.json.</summary>
internal static class SweepPlanJson
{
    internal static JsonObject Write(SweepPlan plan) => new()
    {
        ["format"] = "DLExperiments sweep 1",
        ["software"] = plan.Software,
        ["created"] = plan.Created.ToString("O", CultureInfo.InvariantCulture),
        ["space"] = plan.Space.Source.DeepClone(),
        ["sampler"] = Catalogue<Sampler>.Default.ToJson(plan.Sampler),
        ["pruner"] = plan.Pruner is { } pruner ? Catalogue<Pruner>.Default.ToJson(pruner) : null,
        ["objectives"] = new JsonArray([.. plan.Objectives.Select(o => new JsonObject { ["metric"] = o.Metric, ["goal"] = o.Goal.ToString() })]),
        ["points"] = plan.Points,
        ["repeats"] = plan.Repeats,
        ["folds"] = plan.Folds,
        ["seed"] = plan.Seed,
        ["lag"] = plan.Lag,
        ["threads"] = plan.Threads,
        ["maxRetry"] = plan.MaxRetry,
        ["checkpoints"] = plan.Checkpoints,
        ["firstPoints"] = new JsonArray([.. plan.FirstPoints.Select(p => Place(p))]),
        ["exact"] = plan.Space.ExactJson,
        ["data"] = plan.Data,
        ["body"] = plan.Body.DeepClone(),
    };

    /// <summary>The first thing in which two plans compute something else, in words; null when nothing does.</summary>
    internal static string? Difference(SweepPlan plan, SweepPlan other)
    {
        JsonObject own = Write(plan), theirs = Write(other);
        // Where and how it runs may change; what it computes may not.
        foreach (string free in new[] { "created", "lag", "threads", "maxRetry", "checkpoints" })
        {
            own.Remove(free);
            theirs.Remove(free);
        }
        if (plan.Data != other.Data)
            return plan.Data.Length == 0 ? "it has no data" : other.Data.Length == 0 ? "it was begun with data (-Dataset)" : "it was begun with other data, or other folds of it";
        if (!JsonNode.DeepEquals(own["body"]?["hash"], theirs["body"]?["hash"])) return "its script or network, of which it keeps a copy, differs from this one";
        string? first = Training.Checkpoints.JsonDifference.Find(own, theirs)?.Replace("in the checkpoint", "there", StringComparison.Ordinal);
        return first is not null && plan.Points < other.Points && first.StartsWith("points ", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"it has {plan.Points} settings, not {other.Points} (Resume-Sweep -Trials {other.Points} gives it more)") : first;
    }

    internal static SweepPlan Read(JsonNode json) => new()
    {
        Software = json["software"]!.GetValue<string>(),
        Created = DateTime.Parse(json["created"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        Space = SweepSpace.FromJson(json["space"]!.AsObject(), json["exact"]?.AsArray()),
        Sampler = Catalogue<Sampler>.Default.FromJson(json["sampler"]!),
        Pruner = json["pruner"] is { } pruner ? Catalogue<Pruner>.Default.FromJson(pruner) : null,
        Objectives = [.. json["objectives"]!.AsArray().Select(o => new SweepObjective(o!["metric"]!.GetValue<string>(), Enum.Parse<SweepGoal>(o["goal"]!.GetValue<string>())))],
        Points = json["points"]!.GetValue<int>(),
        Repeats = json["repeats"]!.GetValue<int>(),
        Folds = json["folds"]!.GetValue<int>(),
        Seed = json["seed"]!.GetValue<long>(),
        Lag = json["lag"]!.GetValue<int>(),
        Threads = json["threads"]?.GetValue<int>(),
        MaxRetry = json["maxRetry"]!.GetValue<int>(),
        Checkpoints = json["checkpoints"]!.GetValue<bool>(),
        FirstPoints = [.. json["firstPoints"]!.AsArray().Select(p => Place(p!))],
        Data = json["data"]!.GetValue<string>(),
        Body = (JsonObject)json["body"]!.DeepClone(),
    };

    /// <summary>A point of the cube; a dimension that does not count is null.</summary>
    internal static JsonArray Place(double[] point) => new([.. point.Select(u => double.IsNaN(u) ? null : (JsonNode)JsonValue.Create(u))]);

    internal static double[] Place(JsonNode json) => [.. json.AsArray().Select(u => u?.GetValue<double>() ?? double.NaN)];
}
