using System.Management.Automation;
using DLExperiments.Commands.Networks;
using DLExperiments.Data;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>Goes on with an interrupted training from its newest whole checkpoint.</summary>
/// <remarks>
/// <para>On the CPU the result is the same to the last bit as without the interruption, given the same machine, and the learning curve has the same
/// rows, apart from the times: it is cut back to the checkpoint and continued. The checkpoint knows everything but the data, which has to
/// be the same; other data is refused, and the message names the difference. A damaged checkpoint is passed over with a warning.</para>
/// <para>A training that had ended gives its result again; with more -Epochs it goes on.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Resume, "Training")]
[OutputType(typeof(TrainingResult), typeof(EpochResult))]
public sealed class ResumeTrainingCommand : ExperimentCommand
{
    /// <summary>The folder that Invoke-Training -Checkpoint wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Checkpoint", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The data that the training has: the same rows in the same order.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>Validation data in place of the data set's own piece, when the training was started so.</summary>
    [Parameter]
    public Dataset? ValidationDataset { get; set; }

    /// <summary>Trains for so many epochs in all. A schedule that depends on the length of the training then takes its new length.</summary>
    [Parameter]
    public int? Epochs { get; set; }

    /// <summary>How long the training may take in all.</summary>
    [Parameter]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>How many steps the training may make in all.</summary>
    [Parameter]
    public long? MaxSteps { get; set; }

    /// <summary>The learning curve, when it is elsewhere now; it is cut back to the checkpoint and continued.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LearningCurve { get; set; }

    /// <summary>Runs after every epoch with the EpochResult as $_ and first argument; when it gives $false, the training ends.</summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>Writes an EpochResult after every new epoch instead of one TrainingResult at the end; -ResultVariable has that.</summary>
    [Parameter]
    public SwitchParameter StreamEpoch { get; set; }

    /// <summary>The name of a variable that gets the TrainingResult, also when Ctrl+C ends the training early.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultVariable { get; set; }

    /// <summary>Accepts Lambda layers, whose script is code that runs on this machine: use it for checkpoints that you trust.</summary>
    [Parameter]
    public SwitchParameter AllowScript { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string folder = ResolveTarget(Path);
        string? curve = LearningCurve is null ? null : ResolveTarget(LearningCurve);
        TrainingRun.Show(this, $"Training on {Dataset.Name}", StreamEpoch, ResultVariable, OnEpoch, Cancellation, (observers, cancellation) => Trainer.Resume(folder, Dataset, ValidationDataset, options => options with
        {
            Epochs = Epochs ?? options.Epochs,
            MaxTime = MaxTime ?? options.MaxTime,
            MaxSteps = MaxSteps ?? options.MaxSteps,
            LearningCurve = curve ?? options.LearningCurve,
        }, observers, cancellation, AllowScript ? ScriptFunction.From : null));
    }
}
