using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using DLExperiments.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Evaluation;
using DLExperiments.Commands.Models;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Reports;
using DLExperiments.Commands.Sweeps;
using DLExperiments.Commands.Training;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Networks;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;

namespace DLExperiments.Commands.Automation;

/// <summary>The steps of an experiment, each carried out by the cmdlet that a user would take, in the run's folder.</summary>
internal sealed class ExperimentSteps
{
    private readonly ExperimentFile file;
    private readonly ExperimentFolder run;
    private readonly NestedCommand nested;
    private readonly Action<string> log;

    /// <param name="file">The experiment.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="nested">What runs cmdlets.</param>
    /// <param name="log">Gets a line for each step.</param>
    internal ExperimentSteps(ExperimentFile file, ExperimentFolder run, NestedCommand nested, Action<string> log) =>
        (this.file, this.run, this.nested, this.log) = (file, run, nested, log);

    /// <summary>Trains, or sweeps and takes the best setting; measures, and keeps models, curves and the table of results.</summary>
    /// <param name="check">Called between steps; throws when the run shall end.</param>
    /// <returns>One row for each training.</returns>
    internal IReadOnlyList<PSObject> Run(Action check)
    {
        Dataset data = ReadData();
        log($"data: {data.Name}, {data.Count} rows");
        NetworkDefinition network = ReadNetwork(data);
        log($"network: {network.Name ?? "without a name"}, {network.Layers.Count()} layers");
        check();
        var rows = new List<PSObject>();
        if (file.Sweep is { } options)
        {
            rows.Add(Finish(Sweep(options, network, data), data, file.Seed));
            check();
        }
        for (int r = 0; r < file.Repeat && file.Sweep is null; r++)
        {
            long seed = file.Seed + r;
            PSObject result = Train(network, data, seed);
            check();
            rows.Add(Finish(result, data, seed));
            check();
        }
        nested.WriteCsv(run["results.csv"], rows);
        return rows;
    }

    /// <summary>Compares the rows with the baseline; without one they become it.</summary>
    /// <returns>The reason why the run is worse, or null.</returns>
    internal ExperimentException? Judge(IReadOnlyList<PSObject> rows)
    {
        if (file.Gate is not { } gate) return null;
        string baseline = FullPath((string)gate["Baseline"]!);
        if (!File.Exists(baseline))
        {
            Compare(rows, new Hashtable(gate, StringComparer.OrdinalIgnoreCase) { ["Baseline"] = rows.ToArray() });
            nested.WriteCsv(baseline, rows);
            log($"gate: there was no baseline, and this run is it: {baseline}");
            return null;
        }
        try
        {
            LogPassed(Compare(rows, new Hashtable(gate, StringComparer.OrdinalIgnoreCase) { ["Baseline"] = nested.ReadCsv(baseline) }));
            return null;
        }
        catch (ExperimentException e) when (e.ErrorId == "MetricRegressed")
        {
            log($"gate: {e.Message}");
            return e;
        }
    }

    private IReadOnlyList<PSObject> Compare(IReadOnlyList<PSObject> rows, Hashtable options) => nested.Run(typeof(CompareExperimentCommand), options, rows);

    private void LogPassed(IReadOnlyList<PSObject> comparison)
    {
        PSObject own = comparison[^1];
        log(string.Create(CultureInfo.InvariantCulture, $"gate: {own.Properties["Metric"].Value} {own.Properties["Mean"].Value}, difference from the baseline {own.Properties["Difference"].Value}: passed"));
    }

    private Dataset ReadData()
    {
        var options = new Hashtable(file.Data, StringComparer.OrdinalIgnoreCase);
        options.Remove("Split");
        options.Remove("Transform");
        bool made = options["Generator"] is not null;
        if (!made) options["Path"] = FullPath((string)options["Path"]!);
        else if (options["Seed"] is null && Catalogue<DLExperiments.Data.Synthetic.DatasetGenerator>.Default.Find((string)options["Generator"]!).Parameters.Any(p => p.Name == "Seed")) options["Seed"] = file.Seed;
        PSObject data = One(nested.Run(made ? typeof(NewDatasetCommand) : typeof(ImportDatasetCommand), options), "Data gives several data sets; name one file");
        if (file.Split is { } split) data = One(nested.Run(typeof(SplitDatasetCommand), With(split, "Seed", file.Seed), [data]), "Split");
        foreach (IDictionary transform in file.Transforms) data = One(nested.Run(typeof(AddTransformCommand), transform, [data]), "Transform");
        return (Dataset)data.BaseObject;
    }

    private NetworkDefinition ReadNetwork(Dataset data)
    {
        if (file.NetworkPath is { } path) return (NetworkDefinition)One(nested.Run(typeof(ImportNetworkCommand), new Hashtable { ["LiteralPath"] = FullPath(path) }), "Network").BaseObject;
        IDictionary network = file.Network!;
        if (network["Architecture"] is not null) return (NetworkDefinition)One(nested.Run(typeof(NewNetworkCommand), network), "Network").BaseObject;
        return NetworkData.Read(network["Input"] is null ? With(network, "Input", data.InputShape.ToArray()) : network);
    }

    private PSObject Train(NetworkDefinition network, Dataset data, long seed)
    {
        string curve = run[$"curve-{seed}.csv"];
        log($"training with seed {seed} begins");
        var options = new Hashtable(file.Training, StringComparer.OrdinalIgnoreCase)
        {
            ["Dataset"] = data, ["Seed"] = seed, ["Checkpoint"] = run[$"checkpoint-{seed}"], ["Resume"] = true, ["LearningCurve"] = curve,
        };
        PSObject result = One(nested.Run(typeof(InvokeTrainingCommand), options, [PSObject.AsPSObject(network)]), "Training");
        var training = (TrainingResult)result.BaseObject;
        log(string.Create(CultureInfo.InvariantCulture, $"training with seed {seed} ended ({training.StopReason}) after {training.EpochsCompleted} epochs: best validation loss {training.BestValidationLoss}, training loss {training.FinalTrainingLoss}"));
        // A signal may end the training a moment before anybody else hears of it.
        return training.StopReason == StopReason.Cancelled ? throw new OperationCanceledException("The training was stopped.") : result;
    }

    private PSObject Sweep(IDictionary options, NetworkDefinition network, Dataset data)
    {
        string folder = run["sweep"];
        log("sweep begins");
        var sweep = new Hashtable(options, StringComparer.OrdinalIgnoreCase)
        {
            ["Network"] = network, ["Dataset"] = data, ["Training"] = new Hashtable(file.Training, StringComparer.OrdinalIgnoreCase), ["Path"] = folder, ["Resume"] = true, ["Seed"] = file.Seed, ["RefitVariable"] = NestedCommand.ResultVariable,
        };
        IReadOnlyList<PSObject> trials = nested.Run(typeof(InvokeSweepCommand), sweep);
        nested.WriteCsv(run["trials.csv"], trials);
        log(string.Create(CultureInfo.InvariantCulture, $"sweep ended: {trials.Count} trials, {trials.Count(t => $"{t.Properties["State"].Value}" == "Failed")} of them failed"));
        PSObject? best = nested.TakeResult();
        SweepFolder store = SweepFolder.Open(folder);
        bool over = Enumerable.Range(0, store.Plan.TrialCount).All(i => store.StateOf(i) == TrialState.Finished);
        return over && best is not null ? best : throw new OperationCanceledException("The sweep was stopped before its end.");
    }

    /// <summary>Keeps the model of a training, measures it, and makes its row.</summary>
    private PSObject Finish(PSObject result, Dataset data, long seed)
    {
        nested.Run(typeof(ExportModelCommand), new Hashtable { ["Path"] = run[$"model-{seed}.safetensors"], ["Force"] = true }, [result]);
        var row = new PSObject();
        foreach ((string name, JsonNode? value) in TrialOutput.Read(result))
            if (value is null or JsonValue) row.Properties.Add(new PSNoteProperty(name, Plain(value)));
        PSObject measure = One(nested.Run(typeof(MeasureModelCommand), With(file.Measure, "Dataset", data), [result]), "Measure");
        foreach ((string name, JsonNode? value) in TrialOutput.Read(measure))
            if (value is null or JsonValue) row.Properties.Add(new PSNoteProperty("Test" + name, Plain(value)));
        log(string.Create(CultureInfo.InvariantCulture, $"measured with seed {seed}: {string.Join(", ", row.Properties.Where(p => p.Name.StartsWith("Test", StringComparison.Ordinal) && p.Value is double).Select(p => $"{p.Name} {((double)p.Value).ToString(CultureInfo.InvariantCulture)}"))}"));
        return row;
    }

    private static object? Plain(JsonNode? value) => DLExperiments.Sweeps.Spaces.SpaceJson.Plain(value);

    private string FullPath(string path) => Path.GetFullPath(path, Path.GetDirectoryName(file.Path)!);

    private static Hashtable With(IDictionary table, string key, object value)
    {
        var copy = new Hashtable(table, StringComparer.OrdinalIgnoreCase);
        copy[key] ??= value;
        return copy;
    }

    private static PSObject One(IReadOnlyList<PSObject> output, string section) => output.Count == 1 ? output[0]
        : throw ExperimentKeys.Invalid($"{section} gave {output.Count} objects where one is needed.");
}
