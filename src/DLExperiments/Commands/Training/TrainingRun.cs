using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Networks;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Commands.Training;

/// <summary>What the cmdlets that train have in common: progress, streamed epochs, the result and the variable for it.</summary>
internal static class TrainingRun
{
    internal static void Show(PSCmdlet cmdlet, string activity, bool streamEpochs, string? resultVariable, TrainingScripts scripts,
        CancellationToken cancellation, Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var progress = new TrainingProgressWriter(cmdlet.WriteProgress, cmdlet.WriteWarning, activity);
        List<ITrainingObserver> observers = [progress];
        if (scripts is not { OnEpoch: null, OnStep: null }) observers.Add(new ScriptObserver(cmdlet, scripts, stopping.Cancel));
        if (streamEpochs) observers.Add(new EpochStream(cmdlet));
        ResultVariable? variable = resultVariable is null ? null : new ResultVariable(cmdlet, resultVariable);
        if (variable is not null) observers.Add(variable);
        TrainingResult result = train(observers, stopping.Token);
        EpochColumns.Attach(result);
        variable?.Set(result);
        progress.Complete();
        cmdlet.WriteVerbose(FormattableString.Invariant($"Loss {result.Loss}, optimizer {result.Optimizer} with learning rate {result.LearningRate}, engine {result.Engine} ")
            + $"on {result.Device} with {result.Threads} thread(s), {result.StepsCompleted} steps of {result.BatchSize} rows. {result.EngineReason}");
        if (!streamEpochs) cmdlet.WriteObject(result);
    }

    /// <summary>The scripts of a training: those of layers, and that of the objective.</summary>
    internal static IEnumerable<ScriptBlock> ScriptsOf(TrainingRequest request, TrainingOptions options)
    {
        IEnumerable<object?> settings = request.Network.Layers.SelectMany(l => Catalogue<Layer>.Default.EntryOf(l.Layer).Parameters.Select(p => p.Get(l.Layer)));
        if ((options.Objective ?? request.Start?.Objective) is { } objective) settings = settings.Concat(Catalogue<Objective>.Default.EntryOf(objective).Parameters.Select(p => p.Get(objective)));
        return settings.Where(f => f is TensorFunction or LossFunction).Select(f => BoundScript.Of(f!)).OfType<ScriptBlock>();
    }

    /// <summary>What a cmdlet is to train: a network from new weights, or a model or result to go on from.</summary>
    internal static TrainingRequest Request(PSCmdlet cmdlet, object input, Dataset data, Dataset? validation) => CatalogueValueAttribute.Unwrap(input) switch
    {
        NetworkDefinition network => TrainingRequest.New(network, data, validation),
        Model model => TrainingRequest.Continue(model, data, validation),
        TrainingResult result => TrainingRequest.Continue(result.Model, data, validation),
        var other => throw new ExperimentException("InvalidInput", ErrorKind.InvalidArgument,
            $"{cmdlet.MyInvocation.MyCommand.Name} takes a network (New-Network), a model or a training result, not {other?.GetType().Name ?? "null"}.", other),
    };
}
