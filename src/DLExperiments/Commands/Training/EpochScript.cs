using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Runs a script block after every epoch, on the thread of the pipeline; an error in it ends the training, and $false ends it quietly.</summary>
internal sealed class EpochScript(PSCmdlet cmdlet, ScriptBlock script, Action stop) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
        List<PSVariable> variables = [new("_", epoch)];
        foreach (PSObject? output in script.InvokeWithContext(null, variables, epoch))
        {
            if (output?.BaseObject is false) stop();
            else if (output is not null) cmdlet.WriteInformation(new InformationRecord(output, "OnEpoch"));
        }
    }
}
