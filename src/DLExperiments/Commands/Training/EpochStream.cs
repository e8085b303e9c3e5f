using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Writes each epoch to the pipeline as it ends.</summary>
internal sealed class EpochStream : ITrainingObserver
{
    private readonly Cmdlet cmdlet;

    internal EpochStream(Cmdlet cmdlet) => this.cmdlet = cmdlet;

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch) => cmdlet.WriteObject(epoch);
}
