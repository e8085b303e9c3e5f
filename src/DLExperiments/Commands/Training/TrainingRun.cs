using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>What the cmdlets that train have in common: progress, streamed epochs, the result and the variable for it.</summary>
internal static class TrainingRun
{
    internal static void Show(PSCmdlet cmdlet, string activity, bool streamEpochs, string? resultVariable,
        Func<IReadOnlyList<ITrainingObserver>, TrainingResult> train)
    {
        var progress = new TrainingProgressWriter(cmdlet, activity);
        TrainingResult result = train(streamEpochs ? [progress, new EpochStream(cmdlet)] : [progress]);
        if (resultVariable is not null) cmdlet.SessionState.PSVariable.Set(resultVariable, result);
        progress.Complete();
        cmdlet.WriteVerbose(FormattableString.Invariant($"Loss {result.Loss}, optimizer {result.Optimizer} with learning rate {result.LearningRate}, engine {result.Engine} ")
            + $"on {result.Device} with {result.Threads} thread(s), {result.StepsCompleted} steps of {result.BatchSize} rows.");
        if (!streamEpochs) cmdlet.WriteObject(result);
    }
}
