using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Training;

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
        TrainingResult result = train(observers, stopping.Token);
        if (resultVariable is not null) cmdlet.SessionState.PSVariable.Set(resultVariable, result);
        progress.Complete();
        cmdlet.WriteVerbose(FormattableString.Invariant($"Loss {result.Loss}, optimizer {result.Optimizer} with learning rate {result.LearningRate}, engine {result.Engine} ")
            + $"on {result.Device} with {result.Threads} thread(s), {result.StepsCompleted} steps of {result.BatchSize} rows. {result.EngineReason}");
        if (!streamEpochs) cmdlet.WriteObject(result);
    }

    /// <summary>Starts a training as a job and writes the job.</summary>
    internal static void StartJob(PSCmdlet cmdlet, string activity, string? name, bool streamEpochs, int limit,
        Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train)
    {
        var job = new TrainingJob(cmdlet.MyInvocation.Line, name, activity, streamEpochs, limit, train);
        cmdlet.JobRepository.Add(job);
        job.Start();
        cmdlet.WriteObject(job);
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
