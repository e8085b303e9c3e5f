using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Networks;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Control;
using DLExperiments.Training.Curves;
using DLExperiments.Training.Curves.TensorBoard;
using DLExperiments.Training.Engines;
using DLExperiments.Training.Objectives;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Training;

/// <summary>Trains networks.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a network on the calling thread. Everything that can be checked is checked first; the learning curve file is opened before
    /// the first step and has a row for every completed epoch, however the training ends.
    /// </summary>
    /// <param name="request">What to train, and on what.</param>
    /// <param name="options">How to train.</param>
    /// <param name="observers">Who follows it.</param>
    /// <param name="cancellation">Stops the training after the current batch; the result is then what was reached.</param>
    /// <returns>The trained model, the history and the run in numbers.</returns>
    /// <exception cref="ExperimentException">
    /// Options, data, network, loss or device do not go together (the message says what and where), the checkpoint folder is in use, has a training
    /// already, or one that is not this one (CheckpointExists, CheckpointInUse, CheckpointMismatch, CheckpointVersion), or the loss became NaN
    /// (<see cref="NonFiniteLossException"/>).
    /// </exception>
    public static TrainingResult Train(TrainingRequest request, TrainingOptions options,
        IReadOnlyList<ITrainingObserver>? observers = null, CancellationToken cancellation = default)
    {
        options = Complete(request, options);
        if (options.Checkpoint is null && TrainingScope.Current?.NextCheckpoint() is { } checkpoint) options = options with { Checkpoint = checkpoint, Resume = true };
        TrainingSetup setup = TrainingSetup.Create(request, options);
        if (options.Checkpoint is not { } path) return Run(request, options, setup, null, null, observers ?? [], cancellation);
        using CheckpointFolder folder = options.Resume ? CheckpointFolder.Open(path) : CheckpointFolder.Create(path, options.Force);
        TrainingCheckpoint? from = folder.IsEmpty ? null : folder.ReadNewest(Warn(observers));
        return Run(request, options, setup, folder, from, observers ?? [], cancellation);
    }

    /// <summary>
    /// Says what <see cref="Train"/> would do, and checks everything that it checks, but makes no step and writes nothing: no curve, no folder, no checkpoint.
    /// </summary>
    /// <param name="request">What to train, and on what.</param>
    /// <param name="options">How to train.</param>
    /// <param name="observers">Who hears warnings.</param>
    /// <exception cref="ExperimentException">As of <see cref="Train"/>, apart from what only writing shows.</exception>
    public static TrainingPlan Plan(TrainingRequest request, TrainingOptions options, IReadOnlyList<ITrainingObserver>? observers = null)
    {
        options = Complete(request, options);
        TrainingSetup setup = TrainingSetup.Create(request, options);
        TrainingCheckpoint? from = options.Checkpoint is { } path ? CheckpointFolder.Look(path, options.Resume, options.Force, Warn(observers)) : null;
        return Plan(request, options, setup, from, observers);
    }

    /// <summary>
    /// Goes on with an interrupted training from its newest whole checkpoint. On the CPU the result is the same to the last bit as without the
    /// interruption, and so is the learning curve, apart from its times. A training that had ended gives its result again.
    /// </summary>
    /// <param name="path">Full path of the checkpoint folder.</param>
    /// <param name="data">The data that it was trained on.</param>
    /// <param name="validation">Validation data in place of the data set's own piece, when it was trained so.</param>
    /// <param name="change">Changes the options, for example to more epochs; null to leave them.</param>
    /// <param name="observers">Who follows it.</param>
    /// <param name="cancellation">Stops the training after the current batch; the result is then what was reached.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <param name="compileLoss">Binds the text of a custom objective, which is code; null refuses it.</param>
    /// <returns>The trained model, the whole history and the run in numbers.</returns>
    /// <exception cref="ExperimentException">FolderNotFound, NoCheckpoint, InvalidCheckpoint (none is whole), CheckpointVersion, CheckpointInUse, or
    /// CheckpointMismatch: the data is not that of the checkpoint; the message names the difference.</exception>
    public static TrainingResult Resume(string path, Dataset data, Dataset? validation = null, Func<TrainingOptions, TrainingOptions>? change = null,
        IReadOnlyList<ITrainingObserver>? observers = null, CancellationToken cancellation = default, Func<string, TensorFunction>? compile = null,
        Func<string, LossFunction>? compileLoss = null)
    {
        RequireFolder(path);
        using CheckpointFolder folder = CheckpointFolder.Open(path);
        TrainingCheckpoint from = folder.ReadNewest(Warn(observers));
        (TrainingRequest request, TrainingOptions options) = Read(path, from, data, validation, change, compile, compileLoss);
        return Run(request, options, TrainingSetup.Create(request, options), folder, from, observers ?? [], cancellation);
    }

    /// <summary>Says what <see cref="Resume"/> would do, and checks everything that it checks, but makes no step and writes nothing.</summary>
    /// <param name="path">Full path of the checkpoint folder.</param>
    /// <param name="data">The data that it was trained on.</param>
    /// <param name="validation">Validation data in place of the data set's own piece, when it was trained so.</param>
    /// <param name="change">Changes the options; null to leave them.</param>
    /// <param name="observers">Who hears warnings.</param>
    /// <param name="compile">Binds the text of functions (Lambda layers), which are code; null refuses them.</param>
    /// <param name="compileLoss">Binds the text of a custom objective, which is code; null refuses it.</param>
    /// <exception cref="ExperimentException">As of <see cref="Resume"/>, apart from what only writing shows.</exception>
    public static TrainingPlan PlanResume(string path, Dataset data, Dataset? validation = null, Func<TrainingOptions, TrainingOptions>? change = null,
        IReadOnlyList<ITrainingObserver>? observers = null, Func<string, TensorFunction>? compile = null, Func<string, LossFunction>? compileLoss = null)
    {
        RequireFolder(path);
        TrainingCheckpoint from = CheckpointFolder.ReadNewest(path, Warn(observers));
        (TrainingRequest request, TrainingOptions options) = Read(path, from, data, validation, change, compile, compileLoss);
        return Plan(request, options, TrainingSetup.Create(request, options), from, observers);
    }

    /// <summary>The scripts (Lambda layers, custom objectives) in the newest whole checkpoint of a folder, as text; none where there is no such checkpoint.</summary>
    /// <param name="path">Full path of the checkpoint folder.</param>
    public static IReadOnlyList<string> ReadScripts(string path)
    {
        if (!Directory.Exists(path)) return [];
        foreach (string file in CheckpointFolder.FilesOf(path))
        {
            try
            {
                return [.. CheckpointFile.Read(file).Scripts().Distinct()];
            }
            catch (ExperimentException)
            {
                // Resume says what is wrong with it.
            }
        }
        return [];
    }

    private static void RequireFolder(string path)
    {
        if (!Directory.Exists(path))
            throw new ExperimentException("FolderNotFound", ErrorKind.NotFound, $"There is no folder '{path}' with checkpoints.", path);
    }

    /// <summary>The options with what follows from the scope and from the model that goes on: a checkpoint is to say by itself how to go on.</summary>
    private static TrainingOptions Complete(TrainingRequest request, TrainingOptions options) =>
        options with { Threads = options.Threads ?? TrainingScope.Current?.Threads, Objective = options.Objective ?? request.Start?.Objective };

    /// <summary>What a checkpoint goes on with.</summary>
    private static (TrainingRequest Request, TrainingOptions Options) Read(string path, TrainingCheckpoint from, Dataset data, Dataset? validation,
        Func<TrainingOptions, TrainingOptions>? change, Func<string, TensorFunction>? compile, Func<string, LossFunction>? compileLoss)
    {
        TrainingIdentity.CheckVersion(from, path);
        TrainingOptions options = TrainingOptionsJson.Read(from.Identity["options"]!, compileLoss) with { Checkpoint = path, Resume = true };
        TrainingRequest request = TrainingRequest.Continue(TrainingIdentity.ModelOf(from, compile), data, validation);
        // Before anything else is looked at: with other data, every later error would blame the wrong thing.
        TrainingIdentity.CheckData(from.Identity, request, path);
        return (request, change?.Invoke(options) ?? options);
    }

    private static TrainingResult Run(TrainingRequest request, TrainingOptions options, TrainingSetup setup, CheckpointFolder? folder, TrainingCheckpoint? from,
        IReadOnlyList<ITrainingObserver> observers, CancellationToken cancellation)
    {
        options = GoOn(request, options, from, observers);
        EngineSettings engineSettings = Settle(request, options, setup, from, observers);
        int batchSize = engineSettings.BatchSize;
        using StackTurn? turn = TrainingScope.Current?.Meet(new StackOffer(options.Engine, engineSettings, setup.Validation?.Data, KeepsCheckpoints: folder is not null));
        string reason = turn?.Reason ?? "";
        using IStepEngine engine = turn?.Engine ?? StepEngines.Create(options.Engine, engineSettings, out reason);
        CheckpointKeeper? keeper = folder is null ? null : new CheckpointKeeper(folder, options.CheckpointEvery, Identify(request, options, setup, from, engine));
        CheckTargets(options, from);
        ModelKeeper? models = options.ModelFiles.Any ? new ModelKeeper(options.ModelFiles, options.EarlyStopping, options.Force || from is not null) : null;
        var loop = new TrainingLoop(setup, options, engine, reason, batchSize, keeper, models);
        using TerminationGuard? guard = folder is null ? null : new TerminationGuard(cancellation);
        // The curve comes after the first checkpoint: whoever finds a curve without one knows that it is none of this training's.
        loop.Begin(from);
        using LearningCurveWriter? curve = options.LearningCurve is not { } path ? null
            : from is null ? new LearningCurveWriter(path, options.Force, setup.Columns) : LearningCurveWriter.GoOn(path, from.History, setup.Columns);
        using TensorBoardWriter? board = options.TensorBoard is { } boards ? new TensorBoardWriter(boards, from?.History, options.Force) : null;
        observers = [.. curve is null ? [] : new ITrainingObserver[] { curve }, .. board is null ? [] : new ITrainingObserver[] { board }, .. observers];
        CancellationToken stop = guard?.Token ?? cancellation;
        if (TrainingScope.Current is not { } scope) return loop.Run(request, observers, stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, scope.Stopping);
        TrainingResult result = loop.Run(request, [.. observers, scope.Observe(from?.History ?? [], options.Epochs)], either.Token);
        return scope.IsPruned && result.StopReason == StopReason.Cancelled ? result with { StopReason = StopReason.Pruned } : result;
    }

    /// <summary>The options of a training that goes on: another engine or thread count adds up numbers in another order.</summary>
    private static TrainingOptions GoOn(TrainingRequest request, TrainingOptions options, TrainingCheckpoint? from, IReadOnlyList<ITrainingObserver> observers)
    {
        if (from is null) return options;
        TrainingIdentity.CheckVersion(from, options.Checkpoint!);
        TrainingIdentity.CheckNetwork(from.Identity, request.Network, options.Checkpoint!);
        int threads = TrainingIdentity.ThreadsOf(from);
        if (options.Threads is { } asked && asked != threads)
            Warn(observers)(FormattableString.Invariant($"The training goes on with {threads} thread(s), as it began: with {asked} the numbers would not be the same."));
        return options with { Threads = threads, Engine = options.Engine == EngineChoice.Auto ? TrainingIdentity.EngineOf(from) : options.Engine };
    }

    private static EngineSettings Settle(TrainingRequest request, TrainingOptions options, TrainingSetup setup, TrainingCheckpoint? from, IReadOnlyList<ITrainingObserver> observers)
    {
        WeightSet weights = from?.Weights ?? request.Start?.Weights ?? WeightSet.Initialise(request.Network, options.Seed, options.Initialiser);
        int batchSize = options.BatchSize == 0 ? setup.Train.Count : Math.Min(options.BatchSize, setup.Train.Count);
        if (options.Optimizer.Reevaluates && batchSize < setup.Train.Count)
            Warn(observers)(FormattableString.Invariant($"{options.Optimizer.Type} learns the curvature from step to step, but each batch of {batchSize} of {setup.Train.Count} rows has its own: use BatchSize 0."));
        return new EngineSettings(request.Network, weights, setup.Objective, options.Optimizer, setup.Train, batchSize, options.Seed, options.Device, options.Threads)
        {
            Rules = options.Rules, StartingRate = options.StartingRate, Precision = options.Precision, MemoryFormat = options.MemoryFormat, ChangesMomentum = options.Schedule?.ChangesMomentum == true,
        };
    }

    private static JsonObject Identify(TrainingRequest request, TrainingOptions options, TrainingSetup setup, TrainingCheckpoint? from, IStepEngine engine)
    {
        JsonObject identity = TrainingIdentity.Make(request, options, setup, engine);
        if (from is not null) TrainingIdentity.Check(from.Identity, identity, options.Checkpoint!);
        return identity;
    }

    private static void CheckTargets(TrainingOptions options, TrainingCheckpoint? from)
    {
        if (from is null && options.LearningCurve is { } file) AtomicFile.CheckTarget(file, options.Force);
        if (from is null && options.TensorBoard is { } events) TensorBoardWriter.Check(events, options.Force);
    }

    private static TrainingPlan Plan(TrainingRequest request, TrainingOptions options, TrainingSetup setup, TrainingCheckpoint? from, IReadOnlyList<ITrainingObserver>? observers)
    {
        options = GoOn(request, options, from, observers ?? []);
        EngineSettings settings = Settle(request, options, setup, from, observers ?? []);
        using IStepEngine engine = StepEngines.Create(options.Engine, settings, out string reason);
        if (options.Checkpoint is not null) Identify(request, options, setup, from, engine);
        CheckTargets(options, from);
        if (options.ModelFiles.Any) ModelKeeper.Check(options.ModelFiles, options.Force || from is not null);
        return TrainingPlan.Of(request, options, setup, engine, reason, settings.BatchSize, from);
    }

    private static Action<string> Warn(IReadOnlyList<ITrainingObserver>? observers) => message =>
    {
        foreach (ITrainingObserver observer in observers ?? []) observer.OnWarning(message);
    };
}
