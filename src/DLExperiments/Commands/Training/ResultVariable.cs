using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Keeps the result of a training in a variable of the session, and what there is of it when an error ends the training.</summary>
internal sealed class ResultVariable(PSCmdlet cmdlet, string name) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
    }

    /// <inheritdoc/>
    public void OnFailure(TrainingResult result)
    {
        EpochColumns.Attach(result);
        Set(result);
    }

    internal void Set(TrainingResult result) => cmdlet.SessionState.PSVariable.Set(name, result);
}
