using System.Collections;
using System.Management.Automation;
using System.Reflection;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;

namespace DLExperiments.Commands.Training;

/// <summary>Checks options of Invoke-Training before there is data or a network to train: what is wrong in them is found when they are read, and not hours later.</summary>
internal sealed class TrainingCheck
{
    private static readonly HashSet<string> Own = new(typeof(InvokeTrainingCommand).GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)))
        .SelectMany(p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(p.Name)), StringComparer.OrdinalIgnoreCase);

    private readonly IDictionary options;
    private readonly HashSet<string> taken = new(Own, StringComparer.OrdinalIgnoreCase);
    private readonly List<CatalogueEntry> chosen = [];

    private TrainingCheck(IDictionary options) => this.options = options;

    /// <summary>The numbers that the result of a training has, as columns of its row.</summary>
    internal static IReadOnlyList<string> ResultNumbers { get; } = [.. typeof(TrainingResult).GetProperties()
        .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) is var t && (t == typeof(double) || t == typeof(int) || t == typeof(long) || t == typeof(TimeSpan))).Select(p => p.Name)];

    /// <summary>Checks options: names of optimizers, losses, schedules, metrics and so on, the settings that belong to them, and the ranges of all.</summary>
    /// <param name="options">The options by name, settings of what was chosen among them, as the cmdlet takes them.</param>
    /// <exception cref="ExperimentException">That which Invoke-Training would throw; UnknownParameter: a setting belongs to nothing that was chosen.</exception>
    internal static void Check(IDictionary options) => new TrainingCheck(options).Run();

    private void Run()
    {
        // In the order in which the cmdlet gives settings of one name away.
        Optimizer optimizer = Make<Optimizer>("Optimizer", options["Optimizer"] ?? "Adam")!;
        object? loss = options["Loss"];
        Loss? made = IsOfOutputs(loss) ? null : Make<Loss>("Loss", loss);
        foreach (string name in loss is null ? DefaultLoss.Names : [])
        {
            Make<Loss>("Loss", name);
            chosen.RemoveAt(chosen.Count - 1); // nobody chose it: the target will
        }
        Schedule? schedule = Make<Schedule>("Schedule", options["Schedule"]);
        object?[] penalties = List(options["Regulariser"] ?? options["Regularizer"]);
        foreach (object? penalty in penalties) Make<Regulariser>("Regulariser", penalty, hasSettings: penalties.Length == 1);
        if (options["Objective"] is string or IDictionary) Make<Objective>("Objective", options["Objective"]);
        Make<Initialiser>("Initialiser", options["Initialiser"] ?? options["Initializer"], hasSettings: false);
        foreach (object key in options.Keys)
            if (!taken.Contains(key.ToString()!)) throw Foreign(key.ToString()!);
        if (IsOfOutputs(loss))
            foreach (DictionaryEntry item in (IDictionary)loss!) In($"Loss: {item.Key}", () => Catalogue<Loss>.Default.From(item.Value!));
        foreach (object? metric in List(options["Metric"]).SelectMany(m => IsOfOutputs(m) ? ((IDictionary)m!).Values.Cast<object?>() : [m]))
            In("Metric", () => ValueConverter.Convert(metric, typeof(Metric[]), "Metric"));
        string device = options["Device"]?.ToString() ?? "cpu";
        // Whether there is such a processor is another question, and one for the machine that trains.
        if (!device.Equals("cpu", StringComparison.OrdinalIgnoreCase) && !device.StartsWith("cuda", StringComparison.OrdinalIgnoreCase)) In("Device", () => TorchDevice.Open(device));
        EarlyStopping? stopping = options["EarlyStopping"] is { } given ? In("EarlyStopping", () => EarlyStopping.From(given)) : null;
        new TrainingOptions
        {
            Optimizer = optimizer, Loss = made, Schedule = schedule, EarlyStopping = stopping, LearningRate = Number<double>("LearningRate"), Epochs = Number<int>("Epochs") ?? 1,
            BatchSize = Number<int>("BatchSize") ?? 1, Threads = Number<int>("Threads"), MaxSteps = Number<long>("MaxSteps"), MaxTime = Number<TimeSpan>("MaxTime"),
        }.Validate();
    }

    private T? Make<T>(string option, object? value, bool hasSettings = true)
        where T : class
    {
        if (value is not string name) return value is null ? null : In(option, () => Catalogue<T>.Default.From(value));
        CatalogueEntry entry = In(option, () => Catalogue<T>.Default.Find(name));
        var settings = new Hashtable(StringComparer.OrdinalIgnoreCase);
        if (hasSettings)
        {
            chosen.Add(entry);
            foreach (CatalogueParameter parameter in entry.Parameters.Where(p => !taken.Contains(p.Name)))
            {
                foreach (string key in parameter.Aliases.Prepend(parameter.Name))
                {
                    if (options.Contains(key)) settings[parameter.Name] = options[key];
                    taken.Add(key);
                }
            }
        }
        return In(option, () => (T)entry.Create(settings));
    }

    private TNumber? Number<TNumber>(string option)
        where TNumber : struct => options[option] is { } value ? (TNumber)ValueConverter.Convert(value, typeof(TNumber), option)! : null;

    private ExperimentException Foreign(string name)
    {
        string[] owners = [.. new ICatalogue[] { Catalogue<Optimizer>.Default, Catalogue<Loss>.Default, Catalogue<Schedule>.Default, Catalogue<Regulariser>.Default, Catalogue<Objective>.Default }
            .SelectMany(c => c.Entries).Where(e => e.Parameters.Any(p => p.Aliases.Prepend(p.Name).Contains(name, StringComparer.OrdinalIgnoreCase))).Select(e => $"{e.Kind} {e.Name}")];
        return new("UnknownParameter", ErrorKind.InvalidArgument, $"{name} is no setting of {string.Join(", ", chosen.Select(c => $"{c.Name} ({c.Kind})"))}. "
            + (owners.Length > 0 ? $"It belongs to {string.Join(", ", owners)}." : NearNames.Suggest(name, [.. chosen.SelectMany(c => c.Parameters).Select(p => p.Name).Distinct()])), name);
    }

    private static TResult In<TResult>(string option, Func<TResult> make)
    {
        try
        {
            return make();
        }
        catch (ExperimentException e) when (!e.Message.StartsWith(option, StringComparison.Ordinal))
        {
            throw new ExperimentException(e.ErrorId, e.Kind, $"{option}: {e.Message}", e.Target, e);
        }
    }

    private static object?[] List(object? value) => value switch { null => [], object?[] list => list, Array array => [.. array.Cast<object?>()], _ => [value] };

    private static bool IsOfOutputs(object? value) => value is IDictionary table && !table.Contains("Name") && !table.Contains("Type");
}
