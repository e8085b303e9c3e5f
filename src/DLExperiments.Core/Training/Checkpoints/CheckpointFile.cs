using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Training.Checkpoints;

/// <summary>A checkpoint as one safetensors file, written atomically: numbers as tensors, the rest as JSON in the metadata, a hash over each.</summary>
internal static class CheckpointFile
{
    /// <summary>The version of the format; another one is refused.</summary>
    internal const int Version = 1;

    private const string Key = "dlexperiments.checkpoint", HashKey = "dlexperiments.checkpoint.sha256";
    private const string WeightPrefix = "weight.", BestPrefix = "best.", OptimizerPrefix = "optimizer.";

    internal static void Write(string path, TrainingCheckpoint checkpoint)
    {
        var tensors = new List<WeightTensor>();
        void Add(string prefix, WeightSet weights) => tensors.AddRange(weights.Tensors.Select(t => new WeightTensor(prefix + t.Name, t.Shape, t.Values, t.IsBuffer)));
        Add(WeightPrefix, checkpoint.Weights);
        if (checkpoint.BestWeights is { } best) Add(BestPrefix, best);
        for (int i = 0; i < checkpoint.Optimizers.Count; i++)
            foreach ((string name, float[] values) in checkpoint.Optimizers[i].Values)
                tensors.Add(new WeightTensor($"{OptimizerPrefix}{i}.{name}", new Shape(values.Length), values));
        string text = new JsonObject
        {
            ["version"] = Version,
            ["identity"] = checkpoint.Identity.DeepClone(),
            ["step"] = checkpoint.Step,
            ["stepInEpoch"] = checkpoint.StepInEpoch,
            ["sampleCount"] = checkpoint.SampleCount,
            ["sums"] = JsonSerializer.SerializeToNode(checkpoint.Sums, NamedNumbers),
            ["sumWeights"] = JsonSerializer.SerializeToNode(checkpoint.SumWeights, NamedNumbers),
            ["metricSums"] = JsonSerializer.SerializeToNode(checkpoint.MetricSums, NamedNumbers),
            ["elapsed"] = checkpoint.Elapsed.Ticks,
            ["epochElapsed"] = checkpoint.EpochElapsed.Ticks,
            ["optimizers"] = new JsonArray([.. checkpoint.Optimizers.Select(o => new JsonObject
            {
                ["type"] = o.Optimizer,
                ["step"] = o.Step,
                ["numbers"] = new JsonObject(o.Numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value))),
            })]),
            ["history"] = new JsonArray([.. checkpoint.History.Select(EpochJson.Write)]),
        }.ToJsonString();
        SafeTensorsFile.Write(path, tensors, new Dictionary<string, string> { [Key] = text, [HashKey] = Hash(text) }, overwrite: true);
    }

    /// <summary>Reads a checkpoint and verifies that it is whole.</summary>
    /// <exception cref="ExperimentException">InvalidCheckpoint: damaged, or something else; CheckpointVersion: of another version of the format.</exception>
    internal static TrainingCheckpoint Read(string path)
    {
        try
        {
            (IReadOnlyList<WeightTensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensorsFile.Read(path);
            if (!metadata.TryGetValue(Key, out string? text) || !metadata.TryGetValue(HashKey, out string? hash)) throw Invalid(path, "it is not a checkpoint");
            if (Hash(text) != hash) throw Invalid(path, "its description is not what was written (checksum)");
            return Read(JsonNode.Parse(text)!, tensors, path);
        }
        catch (ExperimentException e) when (e.ErrorId == "InvalidModelFile")
        {
            throw Invalid(path, e.Message, e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw Invalid(path, e.Message, e);
        }
    }

    private static TrainingCheckpoint Read(JsonNode json, IReadOnlyList<WeightTensor> tensors, string path)
    {
        int version = json["version"]!.GetValue<int>();
        if (version != Version)
            throw new ExperimentException("CheckpointVersion", ErrorKind.InvalidData,
                $"'{path}' has the checkpoint format {version}; this version of DLExperiments goes on from format {Version} only.", path);
        IEnumerable<WeightTensor> Named(string prefix) => tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(t => new WeightTensor(t.Name[prefix.Length..], t.Shape, t.Values));
        IReadOnlyList<WeightTensor> best = [.. Named(BestPrefix)];
        return new TrainingCheckpoint
        {
            Identity = (JsonObject)json["identity"]!.DeepClone(),
            Weights = new WeightSet(Named(WeightPrefix)),
            BestWeights = best.Count == 0 ? null : new WeightSet(best),
            Optimizers = [.. json["optimizers"]!.AsArray().Select((o, i) => new OptimizerSnapshot(o!["type"]!.GetValue<string>(), o["step"]!.GetValue<long>(),
                Named(string.Create(CultureInfo.InvariantCulture, $"{OptimizerPrefix}{i}.")).ToDictionary(t => t.Name, t => t.Values))
            {
                Numbers = o["numbers"]!.AsObject().ToDictionary(n => n.Key, n => n.Value!.GetValue<double>()),
            })],
            History = [.. json["history"]!.AsArray().Select(e => EpochJson.Read(e!))],
            Step = json["step"]!.GetValue<long>(),
            StepInEpoch = json["stepInEpoch"]!.GetValue<int>(),
            SampleCount = json["sampleCount"]!.GetValue<long>(),
            Sums = json["sums"]!.Deserialize<double[]>(NamedNumbers)!,
            SumWeights = json["sumWeights"]!.Deserialize<double[]>(NamedNumbers)!,
            MetricSums = json["metricSums"]?.Deserialize<double[][]>(NamedNumbers) ?? [],
            Elapsed = new TimeSpan(json["elapsed"]!.GetValue<long>()),
            EpochElapsed = new TimeSpan(json["epochElapsed"]!.GetValue<long>()),
        };
    }

    // A metric may be NaN or infinite (the PSNR of equal images), and so may the norm of a gradient.
    private static readonly JsonSerializerOptions NamedNumbers = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ExperimentException Invalid(string path, string what, Exception? inner = null) =>
        new("InvalidCheckpoint", ErrorKind.InvalidData, $"The checkpoint '{path}' cannot be used: {what.TrimEnd('.')}.", path, inner);
}
