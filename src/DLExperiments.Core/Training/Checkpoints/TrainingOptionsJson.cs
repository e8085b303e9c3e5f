using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Losses;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Training.Control;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Schedules;

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
        ["earlyStopping"] = options.EarlyStopping is { } stopping ? Catalogue<EarlyStopping>.Default.ToJson(stopping) : null,
        ["maxSteps"] = options.MaxSteps,
        ["maxTime"] = options.MaxTime?.ToString("c", CultureInfo.InvariantCulture),
        ["device"] = options.Device,
        ["threads"] = options.Threads,
        ["learningCurve"] = options.LearningCurve,
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
        EarlyStopping = json["earlyStopping"] is { } stopping ? Catalogue<EarlyStopping>.Default.FromJson(stopping) : null,
        MaxSteps = json["maxSteps"]?.GetValue<long>(),
        MaxTime = json["maxTime"] is { } time ? TimeSpan.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture) : null,
        Device = json["device"]!.GetValue<string>(),
        Threads = json["threads"]?.GetValue<int>(),
        LearningCurve = json["learningCurve"]?.GetValue<string>(),
        CheckpointEvery = CheckpointInterval.Parse(json["checkpointEvery"]!.GetValue<string>()),
    };
}
