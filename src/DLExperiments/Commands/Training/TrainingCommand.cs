using System.Management.Automation;
using DLExperiments.Data;

namespace DLExperiments.Commands.Training;

/// <summary>What starting and resuming a training have in common: how it is watched, and what ends it.</summary>
public abstract class TrainingCommand : ExperimentCommand
{
    /// <summary>Validation data in place of the data set's own piece; a resumed training needs it again.</summary>
    [Parameter]
    public Dataset? ValidationDataset { get; set; }

    /// <summary>Runs after every epoch with the EpochResult as $_ and first argument; when it gives $false, the training ends.</summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// Runs after every step (weight update) with the StepResult as $_ and first argument: Step, Epoch, Loss, LearningRate and more. When it gives $false, the training
    /// ends. It takes its time at every step: look at $_.Step first.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnStep { get; set; }

    /// <summary>How long the training may take in all; it ends after the step in which the time is over.</summary>
    [Parameter]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>How many steps (weight updates) the training may make in all.</summary>
    [Parameter]
    public long? MaxSteps { get; set; }

    /// <summary>Writes an EpochResult after every new epoch instead of one TrainingResult at the end; -ResultVariable has that.</summary>
    [Parameter]
    public SwitchParameter StreamEpoch { get; set; }

    /// <summary>The name of a variable that gets the TrainingResult, also when Ctrl+C ends the training early.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultVariable { get; set; }

    /// <summary>The scripts that follow the training.</summary>
    private protected TrainingScripts Scripts => new(OnEpoch, OnStep);
}
