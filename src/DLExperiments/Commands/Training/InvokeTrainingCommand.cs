using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks.Initialisers;
using DLExperiments.Networks.Torch;
using DLExperiments.Training;
using DLExperiments.Training.Control;
using DLExperiments.Losses;
using DLExperiments.Metrics;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Optimizers;
using DLExperiments.Training.Regularisers;
using DLExperiments.Training.Schedules;
using DLExperiments.Training.Updates;

namespace DLExperiments.Commands.Training;

/// <summary>Trains a network, or goes on training a model.</summary>
/// <remarks>
/// <para>Settings of the optimizer, the loss, the schedule, a regulariser and the objective are parameters too: -Optimizer SGD -Momentum 0.9 -Loss
/// Huber -Delta 0.5 -Schedule Step -StepSize 10 -Regulariser L2 -Lambda 1e-4 -Objective Siamese -Margin 2; where two share a name, the first of these
/// has it, and a hashtable settles it. Get-OptimizerType, Get-LossType, Get-ScheduleType, Get-RegulariserType and Get-ObjectiveType list them.</para>
/// <para>A network with several inputs takes from the data the feature (or column) of each input's name, else they go together in their order;
/// likewise outputs and targets. Each output has a loss, and the history its values (TrainingLoss_age in Measures and in the learning curve).</para>
/// <para>The result holds the model, the history of all epochs and the run in plain numbers. Losses are means over rows; validation
/// runs in evaluation mode. Ctrl+C stops after the current batch; the learning curve has every completed epoch, and
/// -ResultVariable gets the result so far, also when an error ends the training.</para>
/// <para>With -Checkpoint the training can go on after any interruption (Ctrl+C, SIGTERM, a crash): Resume-Training, or the same command
/// with -Resume. On the CPU it ends with the same bits as without the interruption.</para>
/// <para>-WhatIf checks everything and gives a TrainingPlan: network, rows, batches, steps, the engine and why, the files that would be written. It trains
/// nothing and writes nothing.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Training", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TrainingResult), typeof(EpochResult), typeof(TrainingJob), typeof(TrainingPlan))]
public sealed partial class InvokeTrainingCommand : TrainingCommand, IDynamicParameters
{
    private DynamicCatalogueParameters? optimizerSettings, lossSettings, scheduleSettings, penaltySettings, objectiveSettings;

    /// <summary>The settings of the chosen optimizer, loss, schedule, regulariser and objective.</summary>
    public object GetDynamicParameters()
    {
        var all = new DynamicCatalogueSet(GetType());
        optimizerSettings = all.Add(Catalogue<Optimizer>.Default, Optimizer);
        lossSettings = all.Add(Catalogue<Loss>.Default, Loss ?? DefaultLoss.NameOf(Dataset, Objective));
        scheduleSettings = all.Add(Catalogue<Schedule>.Default, Schedule);
        penaltySettings = all.Add(Catalogue<Regulariser>.Default, Penalties.Length == 1 ? Penalties[0] : null);
        objectiveSettings = all.Add(Catalogue<Objective>.Default, Objective);
        return all.Dictionary;
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        TrainingRequest request = TrainingRun.Request(this, InputObject, Dataset, ValidationDataset);
        var options = new TrainingOptions
        {
            Objective = ScriptObjective.From(Objective, objectiveSettings),
            Loss = Loss is null ? DefaultLoss.Make(request, lossSettings) : OfOutputs(Loss) is null ? Make(Catalogue<Loss>.Default, Loss, lossSettings) : null,
            Losses = OfOutputs(Loss)?.ToDictionary(l => l.Key.ToString()!, l => Catalogue<Loss>.Default.From(l.Value!)) ?? [],
            LossWeights = Numbers(LossWeight, nameof(LossWeight)),
            ClassWeights = Numbers(ClassWeight, nameof(ClassWeight)),
            Optimizer = MakeOptimizer(),
            Initialiser = Make(Catalogue<Initialiser>.Default, Initialiser, null),
            LearningRate = LearningRate,
            Schedule = Make(Catalogue<Schedule>.Default, Schedule, scheduleSettings),
            Rules = MakeRules(),
            BalanceClasses = BalanceClass,
            Metrics = [.. Given(Metric).Where(m => OfOutputs(m) is null).SelectMany(Metrics)],
            OutputMetrics = Given(Metric).SelectMany(m => OfOutputs(m) ?? []).GroupBy(m => m.Key.ToString()!, StringComparer.OrdinalIgnoreCase).ToDictionary(m => m.Key, m => (IReadOnlyList<Metric>)[.. m.SelectMany(e => Metrics(e.Value))]),
            EarlyStopping = CatalogueValueAttribute.Unwrap(EarlyStopping) is { } stopping ? DLExperiments.Training.Control.EarlyStopping.From(stopping) : null,
            MaxTime = MaxTime,
            MaxSteps = MaxSteps,
            Checkpoint = Checkpoint is null ? null : ResolveTarget(Checkpoint),
            CheckpointEvery = CheckpointEvery,
            Resume = Resume,
            Epochs = Epochs,
            BatchSize = BatchSize,
            Seed = MyInvocation.BoundParameters.ContainsKey(nameof(Seed)) ? Seed : TrainingScope.Current?.Seed ?? Seed,
            Shuffle = !NoShuffle,
            Device = Device,
            Engine = Engine,
            Threads = Threads,
            Precision = Precision,
            MemoryFormat = MemoryFormat,
            TensorBoard = TensorBoard is null ? null : ResolveTarget(TensorBoard),
            LearningCurve = Target(LearningCurve),
            ModelFiles = new ModelFiles
            {
                Best = Target(SaveBest), Metric = SaveMetric, Last = Target(SaveLast), Folder = SaveFolder is null ? null : ResolveTarget(SaveFolder), Every = SaveEvery,
            },
            Force = Force,
        };
        string activity = $"Training {request.Network.Name ?? "network"} on {Dataset.Name}";
        Run(activity, observers => Trainer.Plan(request, options, observers), Threads, TrainingRun.ScriptsOf(request, options), (observers, cancellation) => Trainer.Train(request, options, observers, cancellation));
    }

    private string? Target(string? file) => file is null ? null : ResolveTarget(file, Force || Resume);

    private UpdateRules MakeRules() => new()
    {
        Regularisers = [.. Penalties.Select(r => Make(Catalogue<Regulariser>.Default, r, Penalties.Length == 1 ? penaltySettings : null)!)],
        ClipNorm = ClipNorm,
        ClipValue = ClipValue,
        BatchParts = BatchParts,
        LearningRateFactors = Numbers(LearningRateFactor, nameof(LearningRateFactor)),
        ParameterGroups = [.. (ParameterGroup ?? new Hashtable()).Cast<DictionaryEntry>().OrderBy(g => ParameterGroup is Hashtable ? g.Key.ToString() : null, StringComparer.Ordinal).Select(g => DLExperiments.Training.Updates.ParameterGroup.From(
            g.Key.ToString()!, CatalogueValueAttribute.Unwrap(g.Value), MakeOptimizer()))],
        WeightAverage = WeightAverage,
        ReportNorms = ReportNorm,
        ReportLayers = ReportLayer,
        ReportDeadUnits = ReportDeadUnit,
    };

    /// <summary>The values of several outputs by their names, when a value is a hashtable of them and not one entry of a catalogue.</summary>
    private static IEnumerable<DictionaryEntry>? OfOutputs(object? value) =>
        CatalogueValueAttribute.Unwrap(value) is IDictionary table && !table.Contains("Name") && !table.Contains("Type") ? table.Cast<DictionaryEntry>() : null;

    private static IEnumerable<Metric> Metrics(object? value) => (Metric[])ValueConverter.Convert(CatalogueValueAttribute.Unwrap(value), typeof(Metric[]), "Metric")!;

    // A script that hands parameters on gives $null for what it was not given.
    private static object[] Given(object[]? values) => values is null ? [] : [.. values.Where(v => v is not null)];

    private object[] Penalties => Given(Regulariser);

    private Optimizer MakeOptimizer() => Make(Catalogue<Optimizer>.Default, Optimizer, optimizerSettings) ?? new AdamOptimizer();

    private static Dictionary<string, double> Numbers(Hashtable? table, string parameter) => (table ?? []).Cast<DictionaryEntry>().ToDictionary(f => f.Key.ToString()!,
        f => (double)ValueConverter.Convert(CatalogueValueAttribute.Unwrap(f.Value), typeof(double), $"{parameter}: {f.Key}")!);

    private static T? Make<T>(Catalogue<T> catalogue, object? value, DynamicCatalogueParameters? settings)
        where T : class => CatalogueValueAttribute.Unwrap(value) switch
        {
            null => null,
            string name => catalogue.Create(name, settings?.Values),
            var other => catalogue.From(other),
        };
}
