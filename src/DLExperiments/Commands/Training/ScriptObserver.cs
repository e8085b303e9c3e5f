using System.Management.Automation;
using DLExperiments.Commands.Sessions;
using DLExperiments.Errors;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Runs script blocks after every epoch and step, on the thread of the pipeline; an error in one ends the training, and $false ends it quietly.</summary>
internal sealed class ScriptObserver(PSCmdlet cmdlet, TrainingScripts scripts, Action stop) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        if (scripts.OnStep is { } script) Run(script, progress.ToStep(), nameof(scripts.OnStep));
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
        if (scripts.OnEpoch is { } script) Run(script, epoch, nameof(scripts.OnEpoch));
    }

    private void Run(ScriptBlock script, object what, string source)
    {
        List<PSVariable> variables = [new("_", what)];
        try
        {
            foreach (PSObject? output in (ScriptCopies.Current?.Of(script) ?? script).InvokeWithContext(null, variables, what))
            {
                if (output?.BaseObject is false) stop();
                else if (output is not null) cmdlet.WriteInformation(new InformationRecord(output, source));
            }
        }
        catch (PipelineStoppedException e)
        {
            throw new OperationCanceledException($"The script of {source} was stopped.", e);
        }
        catch (RuntimeException e) when (ScriptCopies.Current?.Hint(e) is { } hint)
        {
            throw new ExperimentException("CommandNotFound", ErrorKind.NotFound, $"-{source}: {e.Message.TrimEnd('.').Split('\n')[0].TrimEnd().TrimEnd('.')}; {hint}.", (e as CommandNotFoundException)?.CommandName, e);
        }
    }
}
