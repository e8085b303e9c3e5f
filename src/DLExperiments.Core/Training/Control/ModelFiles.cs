using System.Text.Json.Nodes;
using DLExperiments.Errors;

namespace DLExperiments.Training.Control;

/// <summary>Which models a training leaves as files on its way, beside its checkpoints; an immutable value.</summary>
public sealed record ModelFiles
{
    /// <summary>None.</summary>
    public static ModelFiles None { get; } = new();

    /// <summary>Full path of a file that always has the model of the best epoch so far; null for none.</summary>
    public string? Best { get; init; }

    /// <summary>What the best epoch is chosen by, a column of the history; null for what early stopping watches, else the validation loss, or the training loss without validation data.</summary>
    public string? Metric { get; init; }

    /// <summary>Full path of a file that always has the model of the last completed epoch; null for none.</summary>
    public string? Last { get; init; }

    /// <summary>Full path of a folder that gets <c>epoch-00010.safetensors</c> and so on; null for none. It is made when it does not exist.</summary>
    public string? Folder { get; init; }

    /// <summary>Every how many epochs the folder gets a model, at least 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether there are any.</summary>
    public bool Any => Best is not null || Last is not null || Folder is not null;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ExperimentException">InvalidModelFiles, or UnknownMetric.</exception>
    public void Validate()
    {
        if (Every < 1) throw Error($"SaveEvery is {Every}; give 1 epoch or more.", Every);
        if (Every != 1 && Folder is null) throw Error("SaveEvery needs SaveFolder: where the models go.", Every);
        if (Metric is not null && Best is null) throw Error("SaveMetric chooses the best epoch, so it needs SaveBest: where its model goes.", Metric);
        if (Best is not null && Best == Last) throw Error($"SaveBest and SaveLast are both '{Best}'; give each a file of its own.", Best);
        if (Metric is not null) EpochMetric.Find(Metric);
    }

    internal JsonObject ToJson() => new() { ["best"] = Best, ["metric"] = Metric, ["last"] = Last, ["folder"] = Folder, ["every"] = Every };

    internal static ModelFiles FromJson(JsonNode json) => new()
    {
        Best = json["best"]?.GetValue<string>(),
        Metric = json["metric"]?.GetValue<string>(),
        Last = json["last"]?.GetValue<string>(),
        Folder = json["folder"]?.GetValue<string>(),
        Every = json["every"]!.GetValue<int>(),
    };

    private static ExperimentException Error(string message, object? target) => new("InvalidModelFiles", ErrorKind.InvalidArgument, message, target);
}
