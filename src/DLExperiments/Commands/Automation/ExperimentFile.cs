using System.Collections;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Evaluation;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Reports;
using DLExperiments.Commands.Sweeps;
using DLExperiments.Commands.Training;
using DLExperiments.Data.Formats;
using DLExperiments.Data.Synthetic;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Networks.Architectures;
using DLExperiments.Reports.Documents;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Commands.Automation;

/// <summary>An experiment as a data file: what is trained on what, how it is judged. Each section has the parameters of the cmdlet that carries it out.</summary>
internal sealed class ExperimentFile
{
    private const string Example = "@{ Data = @{ Generator = 'Moons' }; Network = @{ Input = 2; Layers = @(@{ Type = 'Linear'; OutFeatures = 2 }) }; Training = @{ Epochs = 5 } }";
    private static readonly string[] Sections = ["Name", "Seed", "Repeat", "Data", "Network", "Training", "Sweep", "Measure", "Gate", "Report"];
    private readonly IDictionary table;

    private ExperimentFile(string path, string text, IDictionary table) => (Path, Text, this.table) = (path, text, table);

    /// <summary>Full path of the file.</summary>
    internal string Path { get; }

    /// <summary>Its text as it was read.</summary>
    internal string Text { get; }

    /// <summary>The experiment's name: that in the file, else the file's.</summary>
    internal string Name => table["Name"] is string name ? name : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The seed of all that has none of its own.</summary>
    internal long Seed => (long)(ValueConverter.Convert(table["Seed"] ?? 0, typeof(long), "Seed")!);

    /// <summary>How often the network, or the best setting of a sweep, is trained, with another seed each time.</summary>
    internal int Repeat => (int)(ValueConverter.Convert(table["Repeat"] ?? 1, typeof(int), "Repeat")!);

    /// <summary>Options of Import-Dataset or New-Dataset, with Split and Transform.</summary>
    internal IDictionary Data => Section("Data")!;

    /// <summary>The networks: each the path of a file, or the table of a network or of an architecture. Several are a dimension of the sweep.</summary>
    internal IReadOnlyList<object?> Networks => table["Network"] switch { null => [], object?[] list => list, var one => [one] };

    /// <summary>Options of Invoke-Training.</summary>
    internal IDictionary Training => Section("Training") ?? new Hashtable();

    /// <summary>Options of Invoke-Sweep; null for a single training.</summary>
    internal IDictionary? Sweep => Section("Sweep");

    /// <summary>Options of Measure-Model.</summary>
    internal IDictionary Measure => Section("Measure") ?? new Hashtable();

    /// <summary>Options of Compare-Experiment; null for no gate.</summary>
    internal IDictionary? Gate => Section("Gate");

    /// <summary>Options of Export-Report, with the formats; null for no report.</summary>
    internal IDictionary? Report => Section("Report");

    /// <summary>The formats that a report is written in, by their endings.</summary>
    internal IReadOnlyList<string> ReportFormats => Report?["Format"] is { } given ? (string[])ValueConverter.Convert(given, typeof(string[]), "Report.Format")! : ["html"];

    /// <summary>Where a report is written beside the run's folder, relative to the file.</summary>
    internal IReadOnlyList<string> ReportPaths => Report?["Path"] is { } given ? (string[])ValueConverter.Convert(given, typeof(string[]), "Report.Path")! : [];

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ExperimentException">InvalidExperiment: it does not parse, holds code, or has a key that nobody takes.</exception>
    internal static ExperimentFile Read(string path)
    {
        string text = File.ReadAllText(path);
        var reader = new DataFileReader(why => ExperimentKeys.Invalid(why + "."));
        try
        {
            bool json = System.IO.Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
            var file = new ExperimentFile(path, text, json ? reader.ReadJson(text) : reader.ReadTable(text, Example));
            file.Check();
            new ExperimentCheck(file).Run();
            return file;
        }
        catch (ExperimentException e)
        {
            throw new ExperimentException("InvalidExperiment", e.Kind, $"'{path}': {e.Message}", path, e);
        }
    }

    private IDictionary? Section(string name) => table[name] switch
    {
        null => null,
        IDictionary section => section,
        var other => throw ExperimentKeys.Invalid($"{name} is {ValueConverter.Display(other)}, and should be a hashtable: @{{ ... }}.", name),
    };

    private void Check()
    {
        ExperimentKeys.Check("", table, Sections);
        if (Name.Length == 0 || Name.IndexOfAny(System.IO.Path.GetInvalidFileNameChars()) >= 0) throw ExperimentKeys.Invalid($"Name is '{Name}', which cannot be a folder's name.", Name);
        if (Repeat < 1) throw ExperimentKeys.Invalid($"Repeat is {Repeat}; it is how often the network, or the best setting of a sweep, is trained: 1 or more.", Repeat);
        _ = Seed;
        if (Section("Data") is null) throw ExperimentKeys.Invalid("it has no Data; write Data = @{ Path = 'table.csv'; Target = 'y' } or Data = @{ Generator = 'Digits' }.");
        CheckData();
        CheckNetwork();
        ExperimentKeys.Check("Training", Training, TrialParameters.TrainingNames, typeof(InvokeTrainingCommand));
        CatalogueEntry?[] kinds = [ExperimentKeys.Find<Optimizer>("Training", Training, "Optimizer"), ExperimentKeys.Find<Loss>("Training", Training, "Loss"),
            ExperimentKeys.Find<Schedule>("Training", Training, "Schedule"), ExperimentKeys.Find<Regulariser>("Training", Training, "Regulariser")];
        ExperimentKeys.CheckSettings("Training", Training, kinds.OfType<CatalogueEntry>());
        if (Training["Seed"] is not null) throw ExperimentKeys.Invalid("Training has a Seed; it belongs beside it (Seed = 1), where repeats count on from it.", "Seed");
        CheckSweep();
        ExperimentKeys.Check("Measure", Measure, typeof(MeasureModelCommand), "Model", "Dataset");
        CheckReport();
        if (Gate is not { } gate) return;
        ExperimentKeys.Check("Gate", gate, typeof(CompareExperimentCommand), "InputObject", "By");
        if (gate["Baseline"] is not string) throw ExperimentKeys.Invalid("Gate has no Baseline; write Baseline = 'baseline.csv'. The first run writes that file.", "Baseline");
        if (gate["Metric"] is not string) throw ExperimentKeys.Invalid("Gate has no Metric; write Metric = 'TestAccuracy', or another column of results.csv.", "Metric");
    }

    private void CheckSweep()
    {
        if (Sweep is not { } sweep)
        {
            if (Networks.Count > 1) throw ExperimentKeys.Invalid("Network is a list, of which a sweep finds the best; write Sweep = @{ Space = @{ LearningRate = 1e-3, 1e-2 } }, or Sweep = @{ } to compare the networks alone.", "Network");
            return;
        }
        ExperimentKeys.Check("Sweep", sweep, typeof(InvokeSweepCommand), "Script", "ScriptBlock", "Network", "Training", "InputObject", "Dataset", "Path", "Resume", "Force", "RefitVariable", "Seed");
        if (sweep["Space"] is not IDictionary && (sweep["Space"] is not null || Networks.Count < 2)) throw ExperimentKeys.Invalid("Sweep has no Space; write Space = @{ LearningRate = 'log 1e-4..1e-1' }.", "Space");
        if (sweep["Space"] is not IDictionary space) return;
        try
        {
            if (space.Count > 0) _ = SweepSpace.From(space);
        }
        catch (ExperimentException e)
        {
            throw ExperimentKeys.Invalid($"Sweep.Space: {e.Message}", e.Target);
        }
    }

    private void CheckReport()
    {
        if (Report is not { } report) return;
        ExperimentKeys.Check("Report", report, ["Format", "Path", .. ExperimentKeys.Of(typeof(ExportReportCommand), "InputObject", "Dataset", "Command", "Force", "PassThru", "Path")], typeof(ExportReportCommand), "Path");
        foreach ((string key, string path) in ReportFormats.Select(f => ("Format", $"report.{f}")).Concat(ReportPaths.Select(p => ("Path", p))))
        {
            try
            {
                ReportFile.FormatOf(path);
            }
            catch (ExperimentException e)
            {
                throw ExperimentKeys.Invalid($"Report.{key}: {e.Message}", path);
            }
        }
    }

    private void CheckData()
    {
        string[] own = ["Split", "Transform"];
        object? generator = Data["Generator"], path = Data["Path"];
        if (generator is not string == path is not string) throw ExperimentKeys.Invalid("Data has either Path, the file or folder to read, or Generator, what New-Dataset makes.", Data);
        ExperimentKeys.Check("Data", Data, generator is string name
            ? [.. own, .. ExperimentKeys.Of(typeof(NewDatasetCommand)), .. ExperimentKeys.Of([Catalogue<DatasetGenerator>.Default.Find(name)])]
            : [.. own, .. ExperimentKeys.Of(typeof(ImportDatasetCommand), "LiteralPath"), .. ExperimentKeys.Of(Catalogue<DataFormat>.Default.Entries)], generator is string ? typeof(NewDatasetCommand) : typeof(ImportDatasetCommand), "Path");
        if (generator is string kind) ExperimentKeys.CheckSettings("Data", Data, [Catalogue<DatasetGenerator>.Default.Find(kind)]);
        if (Split is { } split) ExperimentKeys.Check("Data.Split", split, typeof(SplitDatasetCommand), "Dataset", "Fold", "Bootstrap");
        foreach (IDictionary transform in Transforms)
        {
            string type = transform["Type"] as string ?? throw ExperimentKeys.Invalid("a Transform has no Type; write Transform = 'Standardize', or @{ Type = 'Resize'; Size = 32 }.", transform);
            ExperimentKeys.Check($"Transform {type}", transform, [.. ExperimentKeys.Of(typeof(AddTransformCommand), "Dataset"), .. ExperimentKeys.Of([Catalogue<DataStep>.Default.Find(type)])]);
        }
    }

    private void CheckNetwork()
    {
        if (Networks.Count == 0) throw ExperimentKeys.Invalid("it has no Network; write the path of a network's file, @{ Architecture = 'LeNet5' }, @{ Input = 4; Layers = @( ... ) }, or a list of those to sweep over.", "Network");
        foreach (object? item in Networks)
        {
            if (item is string) continue;
            if (item is not IDictionary network) throw ExperimentKeys.Invalid($"Network is {ValueConverter.Display(item)}; it is the path of a network's file or a hashtable.", item);
            if (network["Architecture"] is string name)
                ExperimentKeys.Check("Network", network, [.. ExperimentKeys.Of(typeof(NewNetworkCommand), "Input"), .. ExperimentKeys.Of([Catalogue<Architecture>.Default.Find(name)])], typeof(NewNetworkCommand));
        }
    }

    /// <summary>Options of Split-Dataset, or null. A list is the ratio.</summary>
    internal IDictionary? Split => Data["Split"] switch
    {
        null => null,
        IDictionary split => split,
        var ratio => new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Ratio"] = ratio },
    };

    /// <summary>Options of Add-Transform, one table for each transform.</summary>
    internal IReadOnlyList<IDictionary> Transforms => Data["Transform"] switch
    {
        null => [],
        object?[] list => [.. list.Select(ToTransform)],
        var one => [ToTransform(one)],
    };

    private static IDictionary ToTransform(object? transform) => transform switch
    {
        IDictionary table => table,
        string type => new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Type"] = type },
        _ => throw ExperimentKeys.Invalid($"a Transform is {ValueConverter.Display(transform)}; it is a name or a hashtable with a Type.", transform),
    };
}
