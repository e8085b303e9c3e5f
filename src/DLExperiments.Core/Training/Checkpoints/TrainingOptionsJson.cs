using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Training options as JSON, so that a checkpoint alone says how to go on.</summary>
internal static class TrainingOptionsJson
{
    internal static JsonObject Write(TrainingOptions options, Loss loss) => new()
    {
        ["loss"] = Catalogue<Loss>.Default.ToJson(loss),
        ["optimizer"] = Catalogue<Optimizer>.Default.ToJson(options.Optimizer),
        ["learningRate"] = options.LearningRate,
        ["schedule"] = options.Schedule is { } schedule ? Catalogue<Schedule>.Default.ToJson(schedule) : null,
        ["initialiser"] = options.Initialiser is { } initialiser ? Catalogue<Initialiser>.Default.ToJson(initialiser) : null,
        ["epochs"] = options.Epochs,
        ["batchSize"] = options.BatchSize,
        ["seed"] = options.Seed,
        ["shuffle"] = options.Shuffle,
        ["balanceClasses"] = options.BalanceClasses,
        ["rules"] = Write(options.Rules),
        ["metrics"] = new JsonArray([.. options.Metrics.Select(Catalogue<Metric>.Default.ToJson)]),
        ["earlyStopping"] = options.EarlyStopping is { } stopping ? Catalogue<EarlyStopping>.Default.ToJson(stopping) : null,
        ["maxSteps"] = options.MaxSteps,
        ["maxTime"] = options.MaxTime?.ToString("c", CultureInfo.InvariantCulture),
        ["device"] = options.Device,
        ["engine"] = options.Engine.ToString(),
        ["precision"] = options.Precision.ToString(),
        ["memoryFormat"] = options.MemoryFormat.ToString(),
        ["threads"] = options.Threads,
        ["learningCurve"] = options.LearningCurve,
        ["tensorBoard"] = options.TensorBoard,
        ["checkpointEvery"] = options.CheckpointEvery.ToString(),
    };

    internal static TrainingOptions Read(JsonNode json) => new()
    {
        Loss = Catalogue<Loss>.Default.FromJson(json["loss"]!),
        Optimizer = Catalogue<Optimizer>.Default.FromJson(json["optimizer"]!),
        LearningRate = json["learningRate"]?.GetValue<double>(),
        Schedule = json["schedule"] is { } schedule ? Catalogue<Schedule>.Default.FromJson(schedule) : null,
        Initialiser = json["initialiser"] is { } initialiser ? Catalogue<Initialiser>.Default.FromJson(initialiser) : null,
        Epochs = json["epochs"]!.GetValue<int>(),
        BatchSize = json["batchSize"]!.GetValue<int>(),
        Seed = json["seed"]!.GetValue<long>(),
        Shuffle = json["shuffle"]!.GetValue<bool>(),
        BalanceClasses = json["balanceClasses"]!.GetValue<bool>(),
        Rules = ReadRules(json["rules"]!),
        Metrics = [.. json["metrics"]?.AsArray().Select(m => Catalogue<Metric>.Default.FromJson(m!)) ?? []],
        EarlyStopping = json["earlyStopping"] is { } stopping ? Catalogue<EarlyStopping>.Default.FromJson(stopping) : null,
        MaxSteps = json["maxSteps"]?.GetValue<long>(),
        MaxTime = json["maxTime"] is { } time ? TimeSpan.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture) : null,
        Device = json["device"]!.GetValue<string>(),
        Engine = Enum.Parse<EngineChoice>(json["engine"]!.GetValue<string>()),
        Precision = Enum.Parse<Precision>(json["precision"]!.GetValue<string>()),
        MemoryFormat = Enum.Parse<MemoryFormat>(json["memoryFormat"]!.GetValue<string>()),
        Threads = json["threads"]?.GetValue<int>(),
        LearningCurve = json["learningCurve"]?.GetValue<string>(),
        TensorBoard = json["tensorBoard"]?.GetValue<string>(),
        CheckpointEvery = CheckpointInterval.Parse(json["checkpointEvery"]!.GetValue<string>()),
    };

    private static JsonObject Write(UpdateRules rules) => new()
    {
        ["regularisers"] = new JsonArray([.. rules.Regularisers.Select(Catalogue<Regulariser>.Default.ToJson)]),
        ["clipNorm"] = rules.ClipNorm,
        ["clipValue"] = rules.ClipValue,
        ["batchParts"] = rules.BatchParts,
        ["learningRateFactors"] = new JsonObject(rules.LearningRateFactors.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))),
        ["weightAverage"] = rules.WeightAverage,
        ["reportNorms"] = rules.ReportNorms,
    };

    private static UpdateRules ReadRules(JsonNode json) => new()
    {
        Regularisers = [.. json["regularisers"]!.AsArray().Select(r => Catalogue<Regulariser>.Default.FromJson(r!))],
        ClipNorm = json["clipNorm"]?.GetValue<double>(),
        ClipValue = json["clipValue"]?.GetValue<double>(),
        BatchParts = json["batchParts"]!.GetValue<int>(),
        LearningRateFactors = json["learningRateFactors"]!.AsObject().ToDictionary(f => f.Key, f => f.Value!.GetValue<double>()),
        WeightAverage = json["weightAverage"]?.GetValue<double>(),
        ReportNorms = json["reportNorms"]!.GetValue<bool>(),
    };
}
