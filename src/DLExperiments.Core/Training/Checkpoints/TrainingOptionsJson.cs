using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Training.Control;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Training.Checkpoints;

/// <summary>Training options as JSON, so that a checkpoint alone says how to go on.</summary>
internal static class TrainingOptionsJson
{
    internal static JsonObject Write(TrainingOptions options, Objective fitted) => new()
    {
        ["objective"] = options.Objective is { } objective ? Catalogue<Objective>.Default.ToJson(objective) : null,
        ["loss"] = fitted is SupervisedObjective supervised ? Catalogue<Loss>.Default.ToJson(supervised.Loss) : options.Loss is { } loss ? Catalogue<Loss>.Default.ToJson(loss) : null,
        ["losses"] = new JsonObject(options.Losses.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)Catalogue<Loss>.Default.ToJson(l.Value)))),
        ["lossWeights"] = Write(options.LossWeights),
        ["optimizer"] = Catalogue<Optimizer>.Default.ToJson(options.Optimizer),
        ["learningRate"] = options.LearningRate,
        ["schedule"] = options.Schedule is { } schedule ? Catalogue<Schedule>.Default.ToJson(schedule) : null,
        ["initialiser"] = options.Initialiser is { } initialiser ? Catalogue<Initialiser>.Default.ToJson(initialiser) : null,
        ["epochs"] = options.Epochs,
        ["batchSize"] = options.BatchSize,
        ["seed"] = options.Seed,
        ["shuffle"] = options.Shuffle,
        ["balanceClasses"] = options.BalanceClasses,
        ["classWeights"] = Write(options.ClassWeights),
        ["rules"] = Write(options.Rules),
        ["metrics"] = new JsonArray([.. options.Metrics.Select(Catalogue<Metric>.Default.ToJson)]),
        ["outputMetrics"] = new JsonObject(options.OutputMetrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)new JsonArray([.. m.Value.Select(Catalogue<Metric>.Default.ToJson)])))),
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
        ["modelFiles"] = options.ModelFiles.ToJson(),
        ["checkpointEvery"] = options.CheckpointEvery.ToString(),
    };

    internal static TrainingOptions Read(JsonNode json, Func<string, LossFunction>? compile = null) => new()
    {
        Objective = json["objective"] is { } objective ? CustomObjective.Bind(Catalogue<Objective>.Default.FromJson(objective), compile) : null,
        Loss = json["loss"] is { } loss ? Catalogue<Loss>.Default.FromJson(loss) : null,
        Losses = json["losses"]!.AsObject().ToDictionary(l => l.Key, l => Catalogue<Loss>.Default.FromJson(l.Value!)),
        LossWeights = ReadNumbers(json["lossWeights"]!),
        Optimizer = Catalogue<Optimizer>.Default.FromJson(json["optimizer"]!),
        LearningRate = json["learningRate"]?.GetValue<double>(),
        Schedule = json["schedule"] is { } schedule ? Catalogue<Schedule>.Default.FromJson(schedule) : null,
        Initialiser = json["initialiser"] is { } initialiser ? Catalogue<Initialiser>.Default.FromJson(initialiser) : null,
        Epochs = json["epochs"]!.GetValue<int>(),
        BatchSize = json["batchSize"]!.GetValue<int>(),
        Seed = json["seed"]!.GetValue<long>(),
        Shuffle = json["shuffle"]!.GetValue<bool>(),
        BalanceClasses = json["balanceClasses"]!.GetValue<bool>(),
        ClassWeights = ReadNumbers(json["classWeights"]!),
        Rules = ReadRules(json["rules"]!),
        Metrics = [.. json["metrics"]?.AsArray().Select(m => Catalogue<Metric>.Default.FromJson(m!)) ?? []],
        OutputMetrics = json["outputMetrics"]?.AsObject().ToDictionary(m => m.Key, m => (IReadOnlyList<Metric>)[.. m.Value!.AsArray().Select(v => Catalogue<Metric>.Default.FromJson(v!))]) ?? [],
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
        ModelFiles = ModelFiles.FromJson(json["modelFiles"]!),
        CheckpointEvery = CheckpointInterval.Parse(json["checkpointEvery"]!.GetValue<string>()),
    };

    private static JsonObject Write(UpdateRules rules) => new()
    {
        ["regularisers"] = new JsonArray([.. rules.Regularisers.Select(Catalogue<Regulariser>.Default.ToJson)]),
        ["clipNorm"] = rules.ClipNorm,
        ["clipValue"] = rules.ClipValue,
        ["batchParts"] = rules.BatchParts,
        ["learningRateFactors"] = Write(rules.LearningRateFactors),
        ["parameterGroups"] = new JsonArray([.. rules.ParameterGroups.Select(g => new JsonObject
        {
            ["parameters"] = g.Parameters, ["optimizer"] = Catalogue<Optimizer>.Default.ToJson(g.Optimizer), ["learningRate"] = g.LearningRate,
        })]),
        ["weightAverage"] = rules.WeightAverage,
        ["reportNorms"] = rules.ReportNorms,
        ["reportLayers"] = rules.ReportLayers,
        ["reportDeadUnits"] = rules.ReportDeadUnits,
    };

    private static UpdateRules ReadRules(JsonNode json) => new()
    {
        Regularisers = [.. json["regularisers"]!.AsArray().Select(r => Catalogue<Regulariser>.Default.FromJson(r!))],
        ClipNorm = json["clipNorm"]?.GetValue<double>(),
        ClipValue = json["clipValue"]?.GetValue<double>(),
        BatchParts = json["batchParts"]!.GetValue<int>(),
        LearningRateFactors = ReadNumbers(json["learningRateFactors"]!),
        ParameterGroups = [.. json["parameterGroups"]!.AsArray().Select(g => new ParameterGroup(g!["parameters"]!.GetValue<string>(),
            Catalogue<Optimizer>.Default.FromJson(g["optimizer"]!), g["learningRate"]?.GetValue<double>()))],
        WeightAverage = json["weightAverage"]?.GetValue<double>(),
        ReportNorms = json["reportNorms"]!.GetValue<bool>(),
        ReportLayers = json["reportLayers"]!.GetValue<bool>(),
        ReportDeadUnits = json["reportDeadUnits"]!.GetValue<bool>(),
    };

    // In a fixed order, since hashtables have none and identities are compared.
    private static JsonObject Write(IReadOnlyDictionary<string, double> numbers) =>
        new(numbers.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value)));

    private static Dictionary<string, double> ReadNumbers(JsonNode json) => json.AsObject().ToDictionary(f => f.Key, f => f.Value!.GetValue<double>());
}
