using System.Collections;
using System.Management.Automation;
using System.Reflection;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Networks;
using DLExperiments.Commands.Sweeps;
using DLExperiments.Commands.Training;
using DLExperiments.Data.Splitting;
using DLExperiments.Data.Synthetic;
using DLExperiments.Data.Transforms;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Networks;
using DLExperiments.Networks.Architectures;

namespace DLExperiments.Commands.Automation;

/// <summary>
/// Checks of an experiment's file that go beyond its keys: everything is made as the run will make it, as far as that goes without data, so that a mistake is found when the run begins
/// and not after the training.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class ExperimentCheck(ExperimentFile file)
{
    /// <summary>Checks all sections.</summary>
    /// <exception cref="ExperimentException">InvalidExperiment: the message begins with the section.</exception>
    internal void Run()
    {
        In("Data", CheckData);
        for (int i = 0; i < file.Networks.Count; i++)
        {
            object? network = file.Networks[i];
            In(file.Networks.Count > 1 ? $"Network {i + 1}" : "Network", () => CheckNetwork(network));
        }
        if (file.Sweep is null) In("Training", () => TrainingCheck.Check(file.Training));
        else In("Sweep", CheckSweep);
        In("Gate", CheckGate);
        In("Report", () =>
        {
            foreach (string path in file.ReportPaths) CheckFolder(path);
        });
    }

    private void CheckData()
    {
        if (file.Data["Generator"] is string generator) Make(Catalogue<DatasetGenerator>.Default.Find(generator), file.Data);
        foreach (IDictionary transform in file.Transforms) In("Transform", () => Make(Catalogue<DataStep>.Default.Find((string)transform["Type"]!), transform));
        if (file.Split?["Ratio"] is { } ratio) In("Split", () => HoldOut.CheckRatio((double[])ValueConverter.Convert(ratio, typeof(double[]), "Ratio")!));
    }

    private void CheckNetwork(object? given)
    {
        if (given is string path)
        {
            string full = FullPath(path);
            if (!File.Exists(full)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no file '{full}'.", full);
            ImportNetworkCommand.Read(full, allowScript: false);
            return;
        }
        var network = (IDictionary)given!;
        if (network["Architecture"] is string name) Make(Catalogue<Architecture>.Default.Find(name), network);
        else NetworkData.Check(network);
    }

    private void CheckSweep()
    {
        var sweep = new InvokeSweepCommand { Space = new Hashtable(), Seed = file.Seed };
        foreach (PropertyInfo property in typeof(InvokeSweepCommand).GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)) && p.Name != "Seed"))
            if (file.Sweep![property.Name] is { } value) property.SetValue(sweep, LanguagePrimitives.ConvertTo(value, property.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
        // Of the networks the plan has the names alone; what they are was looked at before.
        NetworkDefinition[] names = [.. file.Networks.Select(n => NetworkDefinition.Create(new Shape(1), NameOf(n)))];
        TrialCode code = TrialCode.FromNetwork(names.Length > 1 ? names : names[0], file.Training);
        sweep.Check(code, TrialData.Deal(null, 1, false, 0, null, _ => { }), hasData: true, out _);
    }

    private string? NameOf(object? network) => network switch
    {
        string path => ImportNetworkCommand.Read(FullPath(path), allowScript: false).Name ?? Path.GetFileNameWithoutExtension(path),
        IDictionary table => table["Name"] as string ?? table["Architecture"] as string,
        _ => null,
    };

    private void CheckGate()
    {
        if (file.Gate is not { } gate) return;
        string metric = (string)gate["Metric"]!, baseline = FullPath((string)gate["Baseline"]!);
        string[] known = [.. TrainingCheck.ResultNumbers, .. new[] { typeof(ClassificationMeasure), typeof(RegressionMeasure), typeof(ObjectiveMeasure) }
            .SelectMany(t => t.GetProperties()).Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) is var t && (t == typeof(double) || t == typeof(int))).Select(p => "Test" + p.Name).Distinct()];
        if (!known.Contains(metric, StringComparer.OrdinalIgnoreCase)) throw Wrong($"Metric is '{metric}', which is no number in results.csv. {NearNames.Suggest(metric, known)}", metric);
        if (!File.Exists(baseline)) CheckFolder((string)gate["Baseline"]!);
        else if (File.ReadLines(baseline).FirstOrDefault() is var header && !(header ?? "").Split(',').Any(c => c.Trim().Trim('"').Equals(metric, StringComparison.OrdinalIgnoreCase)))
            throw Wrong($"the baseline '{baseline}' has no column {metric}. Remove it, and the next run writes it anew", metric);
    }

    private void CheckFolder(string path)
    {
        string full = FullPath(path), folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder)) throw new ExperimentException("FolderNotFound", ErrorKind.NotFound, $"'{full}' cannot be written: the folder '{folder}' does not exist. Create it first.", full);
    }

    private string FullPath(string path) => Path.GetFullPath(path, Path.GetDirectoryName(file.Path)!);

    private static void Make(CatalogueEntry entry, IDictionary table)
    {
        var settings = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (CatalogueParameter parameter in entry.Parameters)
            foreach (string key in parameter.Aliases.Prepend(parameter.Name))
                if (table[key] is { } value) settings[parameter.Name] = value;
        entry.Create(settings);
    }

    private static ExperimentException Wrong(string why, object target) => new("InvalidParameterValue", ErrorKind.InvalidData, why, target);

    private static void In(string section, Action check)
    {
        try
        {
            check();
        }
        catch (ExperimentException e)
        {
            string why = e.ErrorId == "InvalidExperiment" ? e.Message[ExperimentKeys.Prefix.Length..] : e.Message;
            throw ExperimentKeys.Invalid(why.StartsWith(section, StringComparison.Ordinal) ? why : $"{section}: {why}", e.Target);
        }
    }
}
