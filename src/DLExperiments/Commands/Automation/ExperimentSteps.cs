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
using DLExperiments.Sweeps.Tables;
using DLExperiments.Training;

namespace DLExperiments.Commands.Automation;

/// <summary>The steps of an experiment, each carried out by the cmdlet that a user would take, in the run's folder.</summary>
internal sealed class ExperimentSteps
{
    // More settings than that are in trials.csv, and no reader of a report looks at them.
    private const int MostSettings = 20;

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

    private readonly List<PSObject> trained = [], findings = [];
    private Dataset? data;
    private string? verdict;

    /// <summary>Trains, or sweeps and trains the best setting; measures, and keeps models, curves and the table of results.</summary>
    /// <param name="check">Called between steps; throws when the run shall end.</param>
    /// <returns>One row for each training.</returns>
    internal IReadOnlyList<PSObject> Run(Action check)
    {
        data = ReadData();
        log($"data: {data.Name}, {data.Count} rows");
        NetworkDefinition[] networks = [.. file.Networks.Select(n => ReadNetwork(n, data))];
        foreach (NetworkDefinition network in networks) log($"network: {network.Name ?? "without a name"}, {network.Layers.Count()} layers");
        check();
        var rows = new List<PSObject>();
        foreach ((PSObject result, long seed) in file.Sweep is { } options ? Sweep(options, networks, check) : Repeats(networks[0]))
        {
            check();
            trained.Add(result);
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
        bool isFirst = !File.Exists(baseline);
        object[] stored = isFirst ? [.. rows] : nested.ReadCsv(baseline);
        try
        {
            IReadOnlyList<PSObject> comparison = Do("Gate", typeof(CompareExperimentCommand), new Hashtable(gate, StringComparer.OrdinalIgnoreCase) { ["Baseline"] = stored }, rows);
            if (!isFirst) findings.AddRange(comparison);
            PSObject own = comparison[^1];
            verdict = isFirst ? $"there was no baseline, and this run is it: {baseline}"
                : string.Create(CultureInfo.InvariantCulture, $"{own.Properties["Metric"].Value} {own.Properties["Mean"].Value}, difference from the baseline {own.Properties["Difference"].Value}: passed");
            if (isFirst) nested.WriteCsv(baseline, rows);
            return null;
        }
        catch (ExperimentException e) when (e.ErrorId == "MetricRegressed")
        {
            verdict = e.Message;
            return e;
        }
        finally
        {
            if (verdict is not null) log($"gate: {verdict}");
        }
    }

    /// <summary>Writes the report, where the file wants one: trainings, what a sweep found, the gate's verdict, the data.</summary>
    internal void Report()
    {
        if (file.Report is not { } report) return;
        var options = new Hashtable(report, StringComparer.OrdinalIgnoreCase);
        options.Remove("Format");
        options["Title"] ??= file.Name;
        options["Dataset"] = data;
        options["Force"] = true;
        options["Command"] = $"Invoke-Experiment ./{Path.GetFileName(file.Path)}";
        var text = new Hashtable(report["Text"] as IDictionary ?? new Hashtable(), StringComparer.OrdinalIgnoreCase);
        // Whoever opens the report in the morning looks for this first.
        if (verdict is not null) text["Introduction"] = (object[])[.. text["Introduction"] is { } given ? given as object[] ?? [given] : Array.Empty<object>(), $"Gate: {verdict}"];
        options["Text"] = text;
        foreach (string path in file.ReportFormats.Select(f => run[$"report.{f}"]).Concat(file.ReportPaths.Select(FullPath)))
        {
            options["Path"] = path;
            Do("Report", typeof(ExportReportCommand), options, [.. trained, .. findings]);
            log($"report: {path}");
        }
    }

    private Dataset ReadData()
    {
        var options = new Hashtable(file.Data, StringComparer.OrdinalIgnoreCase);
        options.Remove("Split");
        options.Remove("Transform");
        bool made = options["Generator"] is not null;
        if (!made) options["Path"] = FullPath((string)options["Path"]!);
        else if (options["Seed"] is null && Catalogue<DLExperiments.Data.Synthetic.DatasetGenerator>.Default.Find((string)options["Generator"]!).Parameters.Any(p => p.Name == "Seed")) options["Seed"] = file.Seed;
        PSObject data = One(Do("Data", made ? typeof(NewDatasetCommand) : typeof(ImportDatasetCommand), options), "Data gives several data sets; name one file");
        if (file.Split is { } split) data = One(Do("Data.Split", typeof(SplitDatasetCommand), With(split, "Seed", file.Seed), [data]), "Split");
        foreach (IDictionary transform in file.Transforms) data = One(Do("Data.Transform", typeof(AddTransformCommand), transform, [data]), "Transform");
        return (Dataset)data.BaseObject;
    }

    private NetworkDefinition ReadNetwork(object? given, Dataset data)
    {
        if (given is string path)
        {
            var read = (NetworkDefinition)One(Do("Network", typeof(ImportNetworkCommand), new Hashtable { ["LiteralPath"] = FullPath(path) }), "Network").BaseObject;
            return file.Networks.Count > 1 && read.Name is null ? read.WithName(Path.GetFileNameWithoutExtension(path)) : read;
        }
        var network = (IDictionary)given!;
        if (network["Architecture"] is not null) return (NetworkDefinition)One(Do("Network", typeof(NewNetworkCommand), network), "Network").BaseObject;
        try
        {
            return NetworkData.Read(network["Input"] is null ? With(network, "Input", data.InputShape.ToArray()) : network);
        }
        catch (ExperimentException e)
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"Network: {e.Message}", e.Target, e);
        }
    }

    private IEnumerable<(PSObject Result, long Seed)> Repeats(NetworkDefinition network)
    {
        for (int r = 0; r < file.Repeat; r++) yield return (Train(network, data!, file.Seed + r), file.Seed + r);
    }

    private PSObject Train(NetworkDefinition network, Dataset data, long seed)
    {
        string curve = run[$"curve-{seed}.csv"];
        log($"training with seed {seed} begins");
        var options = new Hashtable(file.Training, StringComparer.OrdinalIgnoreCase)
        {
            ["Dataset"] = data, ["Seed"] = seed, ["Checkpoint"] = run[$"checkpoint-{seed}"], ["Resume"] = true, ["LearningCurve"] = curve,
        };
        PSObject result = One(Do("Training", typeof(InvokeTrainingCommand), options, [PSObject.AsPSObject(network)]), "Training");
        var training = (TrainingResult)result.BaseObject;
        log(string.Create(CultureInfo.InvariantCulture, $"training with seed {seed} ended ({training.StopReason}) after {training.EpochsCompleted} epochs: best validation loss {training.BestValidationLoss}, training loss {training.FinalTrainingLoss}"));
        // A signal may end the training a moment before anybody else hears of it.
        return training.StopReason == StopReason.Cancelled ? throw new OperationCanceledException("The training was stopped.") : result;
    }

    /// <summary>Sweeps, and trains the best setting with one seed after another on all rows that it was chosen with.</summary>
    private IEnumerable<(PSObject Result, long Seed)> Sweep(IDictionary options, NetworkDefinition[] networks, Action check)
    {
        string folder = run["sweep"];
        log("sweep begins");
        var sweep = new Hashtable(options, StringComparer.OrdinalIgnoreCase)
        {
            ["Network"] = networks.Length > 1 ? networks : networks[0], ["Dataset"] = data, ["Training"] = new Hashtable(file.Training, StringComparer.OrdinalIgnoreCase), ["Path"] = folder, ["Resume"] = true,
            ["Seed"] = file.Seed,
        };
        sweep["Space"] ??= new Hashtable();
        bool isNested = options["OuterFold"] is not null;
        IReadOnlyList<PSObject> output = Do("Sweep", typeof(InvokeSweepCommand), sweep);
        if (!isNested) nested.WriteCsv(run["trials.csv"], output);
        check();
        if (isNested)
        {
            if (NestedEstimate.Of(NestedFolder.Open(folder)) is not { } estimate || estimate.Count < NestedFolder.Open(folder).OuterFolds) throw new OperationCanceledException("The sweep was stopped before its end.");
            log(string.Create(CultureInfo.InvariantCulture, $"nested sweep ended: {estimate.Metric} {estimate.Mean} on {estimate.Count} outer folds"));
            findings.AddRange(estimate.Folds.Select(f => ResultRows.Of(estimate, f)));
            nested.WriteCsv(run["nested.csv"], findings);
            // The final model is chosen as it was in each fold, by a sweep over all rows.
            foreach (string key in new[] { "OuterFold", "Path" }) sweep.Remove(key);
            sweep["Metric"] = estimate.Metric;
            sweep["Path"] = folder = run["sweep-final"];
            output = Do("Sweep", typeof(InvokeSweepCommand), sweep);
            nested.WriteCsv(run["trials.csv"], output);
        }
        SweepFolder store = SweepFolder.Open(folder);
        log(string.Create(CultureInfo.InvariantCulture, $"sweep ended: {output.Count} trials, {output.Count(t => $"{t.Properties["State"].Value}" == "Failed")} of them failed"));
        if (!Enumerable.Range(0, store.Plan.TrialCount).All(i => store.StateOf(i) == TrialState.Finished)) throw new OperationCanceledException("The sweep was stopped before its end.");
        findings.AddRange(SettingSummary.Of(store.Plan, SweepTable.Read(store)).Take(MostSettings).Select(s => ResultRows.Of(s)));
        for (int r = 0; r < file.Repeat; r++) yield return (One(nested.Refit(store, data!, file.Seed + r), "Sweep"), file.Seed + r);
    }

    /// <summary>Keeps the model of a training, measures it, and makes its row.</summary>
    private PSObject Finish(PSObject result, Dataset data, long seed)
    {
        Do("Model", typeof(ExportModelCommand), new Hashtable { ["Path"] = run[$"model-{seed}.safetensors"], ["Force"] = true }, [result]);
        var row = new PSObject();
        foreach ((string name, JsonNode? value) in TrialOutput.Read(result))
            if (value is null or JsonValue) row.Properties.Add(new PSNoteProperty(name, Plain(value)));
        PSObject measure = One(Do("Measure", typeof(MeasureModelCommand), With(file.Measure, "Dataset", data), [result]), "Measure");
        foreach ((string name, JsonNode? value) in TrialOutput.Read(measure))
            if (value is null or JsonValue) row.Properties.Add(new PSNoteProperty("Test" + name, Plain(value)));
        log(string.Create(CultureInfo.InvariantCulture, $"measured with seed {seed}: {string.Join(", ", row.Properties.Where(p => p.Name.StartsWith("Test", StringComparison.Ordinal) && p.Value is double).Select(p => $"{p.Name} {((double)p.Value).ToString(CultureInfo.InvariantCulture)}"))}"));
        return row;
    }

    /// <summary>Runs the cmdlet of a section, whose name the message of an error begins with.</summary>
    private IReadOnlyList<PSObject> Do(string section, Type cmdlet, IDictionary options, IEnumerable<PSObject>? input = null)
    {
        try
        {
            return nested.Run(cmdlet, options, input);
        }
        catch (ExperimentException e) when (e.ErrorId != "MetricRegressed")
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"{section}: {e.Message}", e.Target, e);
        }
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
