using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots;
using DLExperiments.Training;
using DLExperiments.Training.Updates;

namespace DLExperiments.Reports.Comparison;

/// <summary>
/// The settings of a run as text by name. Those of a training's result come from its options record, so that a new option is a setting
/// without being named here; of other objects (rows of a CSV file, trials) every plain property is one that is not a result.
/// </summary>
public static class RunSettings
{
    // Where and how results are kept and how long a training may take do not change what is trained; Metrics are measured, not trained for.
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(TrainingOptions.LearningCurve), nameof(TrainingOptions.Force), nameof(TrainingOptions.Checkpoint), nameof(TrainingOptions.CheckpointEvery),
        nameof(TrainingOptions.Resume), nameof(TrainingOptions.Seed), nameof(TrainingOptions.StartingRate), nameof(TrainingOptions.Metrics), nameof(TrainingOptions.ModelFiles), "TensorBoard",
        nameof(UpdateRules.IsPlain), nameof(UpdateRules.ReportNorms),
    };

    // What a result says better than its options: what was chosen where the options left a choice.
    private static readonly string[] Chosen =
        ["Dataset", "Loss", "Optimizer", "LearningRate", "BatchSize", "Epochs", "Device", "Engine", "Threads", "Precision", "MemoryFormat", "ParameterCount"];

    private static readonly HashSet<string> Results = new(typeof(TrainingResult).GetProperties().Select(p => p.Name).Except(Chosen)
        .Concat(["Run", "Name", "Path", "File", "Trial", "Id", "Status", "State", "Started", "Ended", "Error", "Host", "Options", "Parameters", "RunspaceId", "PSComputerName", "PSShowComputerName"]), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Measured = ["Training", "Validation", "Best", "Final", "Test", "Measured", "Duration", "Elapsed"];

    /// <summary>Reads the settings of a run.</summary>
    /// <param name="data">Reads properties.</param>
    /// <param name="run">A training's result, or an object with properties.</param>
    public static IReadOnlyDictionary<string, string> Read(PlotData data, object run)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (run is TrainingResult result)
        {
            settings["Dataset"] = result.Dataset;
            settings["Network"] = Describe(result.Model.Network);
            settings["Loss"] = Text(result.Options.Loss) is { Length: > 0 } loss ? loss : result.Loss;
            ReadRecord(result.Options, settings);
            foreach (string name in Chosen)
                if (!settings.TryGetValue(name, out string? known) || known.Length == 0 || known is "Auto" || name is "LearningRate" or "BatchSize" or "Device" or "Engine" or "Threads")
                    settings[name] = Text(typeof(TrainingResult).GetProperty(name)!.GetValue(result));
        }
        foreach (string name in data.Names(run))
            if (!settings.ContainsKey(name) && IsSetting(name) && data.Value(run, name) is { } value && IsPlain(value)) settings[name] = Text(value);
        return settings;
    }

    /// <summary>Reads the settings in which runs differ; a setting that a run does not have is empty.</summary>
    /// <param name="data">Reads properties.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="except">Names that are no settings here, such as the metric that is compared.</param>
    /// <returns>The names, and the settings of each run.</returns>
    public static (string[] Names, IReadOnlyDictionary<string, string>[] Settings) Differences(PlotData data, IReadOnlyList<object> runs, params string[] except)
    {
        IReadOnlyDictionary<string, string>[] all = [.. runs.Select(r => Read(data, r))];
        string[] names = [.. all.SelectMany(s => s.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Except(except, StringComparer.OrdinalIgnoreCase)
            .Where(n => all.Select(s => s.GetValueOrDefault(n) ?? "").Distinct().Skip(1).Any())];
        // How many numbers a network has follows from the network, and often the network from a setting that a script gave a name.
        foreach (string name in new[] { "ParameterCount", "Network" })
        {
            string[] others = [.. names.Where(n => n != name)];
            if (names.Contains(name) && others.Length > 0 && all.GroupBy(s => string.Join('\n', others.Select(n => s.GetValueOrDefault(n)))).All(g => g.Select(s => s.GetValueOrDefault(name)).Distinct().Count() == 1)) names = others;
        }
        return (names, all);
    }

    /// <summary>A run's name by some settings: numbers with the setting's name, texts without.</summary>
    internal static string Label(IReadOnlyDictionary<string, string> settings, IEnumerable<string> names) => string.Join(", ", names
        .Select(n => (Name: n, Value: settings.GetValueOrDefault(n) ?? "")).Where(s => s.Value.Length > 0)
        .Select(s => PlotData.TryNumber(s.Value, out _) || s.Value is "True" or "False" ? $"{s.Name} {s.Value}" : s.Value));

    private static bool IsSetting(string name) => !Results.Contains(name) && !Bookkeeping.Contains(name) && !Measured.Any(m => name.StartsWith(m, StringComparison.OrdinalIgnoreCase));

    private static bool IsPlain(object value) => value is string or bool or IConvertible or TimeSpan or Enum;

    private static void ReadRecord(object record, Dictionary<string, string> settings)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            if (Bookkeeping.Contains(property.Name) || settings.ContainsKey(property.Name)) continue;
            object? value = property.GetValue(record);
            if (value is UpdateRules rules) ReadRecord(rules, settings);
            else settings[property.Name] = Text(value);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        IDictionary table => string.Join(", ", table.Cast<DictionaryEntry>().Select(e => $"{e.Key} {Text(e.Value)}").Order(StringComparer.Ordinal)),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Text)),
        _ when CatalogueIndex.HeadOf(value.GetType()) is { } catalogue => Describe(catalogue.ToJson(value)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A catalogue entry as text: its name, and in brackets what is not the default.</summary>
    private static string Describe(JsonObject entry)
    {
        string[] rest = [.. entry.Where(p => p.Key != "type").Select(p => $"{char.ToUpperInvariant(p.Key[0])}{p.Key[1..]} {p.Value?.ToJsonString().Trim('"')}")];
        return $"{entry["type"]}{(rest.Length > 0 ? $" ({string.Join(", ", rest)})" : "")}";
    }

    /// <summary>A small network as its layers, a large one as its name or size.</summary>
    private static string Describe(NetworkDefinition network)
    {
        const int most = 8;
        if (network.Name is { } name) return name;
        if (network.Layers.Length > most) return string.Create(CultureInfo.InvariantCulture, $"{network.Layers.Length} layers, {network.ParameterCount:N0} parameters");
        return string.Join(", ", network.Layers.Select(l => l.ParameterCount > 0 ? $"{l.Type} {string.Join(',', l.OutputShape.Sizes)}" : l.Type));
    }
}
