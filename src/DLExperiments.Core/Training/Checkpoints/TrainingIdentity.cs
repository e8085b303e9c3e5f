using System.Reflection;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training.Engines;

namespace DLExperiments.Training.Checkpoints;

/// <summary>What a training is, as JSON in its checkpoints: going on makes sense only with the same network, data, options and version.</summary>
internal static class TrainingIdentity
{
    // What may be another when a training goes on: where and how often it writes, how long it may last; engine and threads are compared as they were chosen.
    private static readonly string[] Free = ["epochs", "maxSteps", "maxTime", "engine", "threads", "learningCurve", "modelFiles", "checkpointEvery"];

    /// <summary>The version of this software, without the build.</summary>
    internal static string Software { get; } =
        typeof(TrainingIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    internal static JsonObject Make(TrainingRequest request, TrainingOptions options, TrainingSetup setup, IStepEngine engine) => new()
    {
        ["version"] = Software,
        ["network"] = NetworkJson.ToJson(request.Network),
        ["data"] = Describe(request.Train),
        ["validation"] = Describe(request.Validation),
        ["options"] = TrainingOptionsJson.Write(options, setup.Objective),
        ["preprocessing"] = setup.Preprocessing.ToJson(),
        ["outputs"] = ModelOutputJson.Write(setup.Objective.Outputs),
        ["engine"] = engine.Name,
        ["threads"] = engine.Threads,
    };

    /// <summary>The model that a checkpoint holds, with the preprocessing it was trained with.</summary>
    internal static Model ModelOf(TrainingCheckpoint checkpoint, Func<string, TensorFunction>? compile)
    {
        JsonObject identity = checkpoint.Identity;
        return new Model(NetworkJson.FromJson(identity["network"], compile), checkpoint.Weights, Preprocessing.FromJson(identity["preprocessing"]!),
            ModelOutputJson.Read(identity["outputs"]!), null);
    }

    internal static EngineChoice EngineOf(TrainingCheckpoint checkpoint) => Enum.Parse<EngineChoice>(checkpoint.Identity["engine"]!.GetValue<string>());

    internal static int ThreadsOf(TrainingCheckpoint checkpoint) => checkpoint.Identity["threads"]!.GetValue<int>();

    /// <summary>Refuses to go on with another version of the software.</summary>
    /// <exception cref="ExperimentException">CheckpointVersion.</exception>
    internal static void CheckVersion(TrainingCheckpoint checkpoint, string folder)
    {
        string version = checkpoint.Identity["version"]!.GetValue<string>();
        if (version != Software)
            throw new ExperimentException("CheckpointVersion", ErrorKind.InvalidData,
                $"The checkpoint in '{folder}' was written by DLExperiments {version}, this is {Software}: the numbers would not be the same. Use that version to go on.", folder);
    }

    /// <summary>Refuses to go on with other data than the checkpoint's.</summary>
    /// <exception cref="ExperimentException">CheckpointMismatch.</exception>
    internal static void CheckData(JsonObject written, TrainingRequest request, string folder)
    {
        CheckData(written["data"], Describe(request.Train), "training", folder);
        CheckData(written["validation"], Describe(request.Validation), "validation", folder);
    }

    /// <summary>Refuses to go on with another network than the checkpoint's.</summary>
    /// <exception cref="ExperimentException">CheckpointMismatch.</exception>
    internal static void CheckNetwork(JsonObject written, NetworkDefinition network, string folder)
    {
        if (JsonDifference.Find(written["network"], NetworkJson.ToJson(network)) is { } difference) throw Mismatch($"another network: {difference}", folder);
    }

    /// <summary>Refuses to go on with other data or options than the checkpoint's, and names the first difference.</summary>
    /// <exception cref="ExperimentException">CheckpointMismatch.</exception>
    internal static void Check(JsonObject written, JsonObject now, string folder)
    {
        CheckData(written["data"], now["data"], "training", folder);
        CheckData(written["validation"], now["validation"], "validation", folder);
        foreach ((string what, string words) in new[] { ("options", "other options"), ("outputs", "other outputs or classes"), ("preprocessing", "another preprocessing"), ("engine", "another engine"), ("threads", "another thread count") })
            if (JsonDifference.Find(Strip(written[what]), Strip(now[what])) is { } difference)
                throw Mismatch($"{words}: {difference}", folder);
    }

    private static JsonObject? Describe(Dataset? piece) => piece is not { Count: > 0 } ? null
        : new JsonObject { ["name"] = piece.Name, ["rows"] = piece.Count, ["fingerprint"] = piece.Fingerprint };

    private static void CheckData(JsonNode? written, JsonNode? now, string piece, string folder)
    {
        if (written is null != now is null)
            throw Mismatch(written is null ? $"no {piece} data, but some is given now" : $"{piece} data ('{written["name"]}', {written["rows"]} rows), but none is given now", folder);
        if (written is null || written["fingerprint"]!.GetValue<string>() == now!["fingerprint"]!.GetValue<string>()) return;
        throw Mismatch($"other {piece} data: '{written["name"]}' with {written["rows"]} rows, now '{now["name"]}' with {now["rows"]} rows"
            + (written["rows"]!.ToJsonString() == now["rows"]!.ToJsonString() ? " of other content (or in another order)" : ""), folder);
    }

    private static JsonNode? Strip(JsonNode? node)
    {
        if (node?.DeepClone() is not JsonObject table || !table.ContainsKey("checkpointEvery")) return node;
        foreach (string free in Free) table.Remove(free);
        return table;
    }

    private static ExperimentException Mismatch(string what, string folder) =>
        new("CheckpointMismatch", ErrorKind.InvalidOperation, $"The checkpoint in '{folder}' is of a training with {what}.", folder);
}
