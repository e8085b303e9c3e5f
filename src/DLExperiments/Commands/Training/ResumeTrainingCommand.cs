using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Networks;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Training;
using DLExperiments.Training.Objectives;

namespace DLExperiments.Commands.Training;

/// <summary>Goes on with an interrupted training from its newest whole checkpoint.</summary>
/// <remarks>
/// <para>On the CPU the result is the same to the last bit as without the interruption, given the same machine, and the learning curve has the same
/// rows, apart from the times: it is cut back to the checkpoint and continued. The checkpoint knows everything but the data, which has to
/// be the same; other data is refused, and the message names the difference. A damaged checkpoint is passed over with a warning.</para>
/// <para>A training that had ended gives its result again; with more -Epochs it goes on.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Resume, "Training", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TrainingResult), typeof(EpochResult), typeof(TrainingJob), typeof(TrainingPlan))]
public sealed class ResumeTrainingCommand : TrainingCommand
{
    /// <summary>The folder that Invoke-Training -Checkpoint wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Checkpoint", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The data that the training has: the same rows in the same order.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [DatasetValue]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>Trains for so many epochs in all. A schedule that depends on the length of the training then takes its new length.</summary>
    [Parameter]
    [CatalogueValue(typeof(int?), nameof(Epochs))]
    public int? Epochs { get; set; }

    /// <summary>The learning curve, when it is elsewhere now; it is cut back to the checkpoint and continued.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LearningCurve { get; set; }

    /// <summary>Accepts Lambda layers and custom objectives, whose script is code that runs on this machine: use it for checkpoints that you trust.</summary>
    [Parameter]
    public SwitchParameter AllowScript { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string folder = ResolveTarget(Path);
        string? curve = LearningCurve is null ? null : ResolveTarget(LearningCurve);
        // Each is one object, here and in a job, so that a job finds the values of its variables.
        Dictionary<string, ScriptBlock> scripts = AllowScript ? Trainer.ReadScripts(folder).ToDictionary(t => t, t => BoundScript.Compile(t, "the checkpoint")) : [];
        ScriptBlock Compiled(string text, string what) => scripts.TryGetValue(text, out ScriptBlock? script) ? script : BoundScript.Compile(text, what);
        TensorFunction Layer(string text) => ScriptFunction.From(Compiled(text, "a Lambda layer"));
        LossFunction Losses(string text) => ScriptObjective.Bind(Compiled(text, "the custom objective"));
        Run($"Training on {Dataset.Name}",
            observers => Trainer.PlanResume(folder, Dataset, ValidationDataset, Change, observers, AllowScript ? Layer : null, AllowScript ? Losses : null), null, scripts.Values,
            (observers, cancellation) => Trainer.Resume(folder, Dataset, ValidationDataset, Change, observers, cancellation, AllowScript ? Layer : null, AllowScript ? Losses : null));

        TrainingOptions Change(TrainingOptions options) => options with
        {
            Epochs = Epochs ?? options.Epochs,
            MaxTime = MaxTime ?? options.MaxTime,
            MaxSteps = MaxSteps ?? options.MaxSteps,
            LearningCurve = curve ?? options.LearningCurve,
        };
    }
}
