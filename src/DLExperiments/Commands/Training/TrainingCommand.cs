using System.Management.Automation;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Commands.Sessions;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>What starting and resuming a training have in common: how it is watched, and what ends it.</summary>
public abstract class TrainingCommand : ExperimentCommand
{
    /// <summary>Validation data in place of the data set's own piece; a resumed training needs it again.</summary>
    [Parameter]
    [DatasetValue]
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

    /// <summary>How long the training may take in all, such as '10 min' or 00:10:00; it ends after the step in which the time is over.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>How many steps (weight updates) the training may make in all.</summary>
    [Parameter]
    [CatalogueValue(typeof(long?), nameof(MaxSteps))]
    public long? MaxSteps { get; set; }

    /// <summary>Writes an EpochResult after every new epoch instead of one TrainingResult at the end; -ResultVariable has that.</summary>
    [Parameter]
    public SwitchParameter StreamEpoch { get; set; }

    /// <summary>The name of a variable that gets the TrainingResult, also when Ctrl+C or an error ends the training early.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultVariable { get; set; }

    /// <summary>
    /// Trains in the background and gives a job at once: Receive-Job gets the result, Stop-Job ends the training after the batch. Give -Threads for several at once: with -ThrottleLimit
    /// it is their budget. Scripts (objectives, Lambda layers, -OnEpoch, -OnStep) run in a session of the job's own, with the functions that they call and the values that their
    /// variables have now.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>
    /// How many trainings may run in the background at once before this one begins; it waits for its turn. By default as many as the machine has cores for with
    /// -Threads each.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ThrottleLimit { get; set; }

    /// <summary>The job's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobName { get; set; }

    /// <summary>Trains here, or in a job; with -WhatIf says what would be done.</summary>
    /// <param name="activity">What is done, for the progress.</param>
    /// <param name="plan">Says what would be done.</param>
    /// <param name="threads">How many threads a training takes of the machine's; null for one.</param>
    /// <param name="own">The scripts of the training itself.</param>
    /// <param name="train">The training.</param>
    private protected void Run(string activity, Func<IReadOnlyList<ITrainingObserver>, TrainingPlan> plan, int? threads, IEnumerable<ScriptBlock> own, Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train)
    {
        if (!ShouldProcess(activity, $"{activity}?", MyInvocation.MyCommand.Name, out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf) WriteObject(plan([new TrainingProgressWriter(WriteProgress, WriteWarning, activity)]));
            return;
        }
        var scripts = new TrainingScripts(OnEpoch, OnStep);
        if (!AsJob)
        {
            TrainingRun.Show(this, activity, StreamEpoch, ResultVariable, scripts, Cancellation, train);
            return;
        }
        if (ResultVariable is not null)
            throw new ExperimentException("InvalidJob", ErrorKind.InvalidArgument, "A job cannot set a variable of this session: leave out -ResultVariable, and use Receive-Job.", ResultVariable);
        var copies = new ScriptCopies(this, "a job");
        foreach (ScriptBlock script in own.Concat(new[] { OnEpoch, OnStep }.OfType<ScriptBlock>())) copies.Add(script);
        var job = new TrainingJob(MyInvocation.Line, JobName, activity, StreamEpoch, ThrottleLimit ?? Math.Max(1, Environment.ProcessorCount / Math.Max(1, threads ?? 1)), scripts, copies, train);
        JobRepository.Add(job);
        job.Start();
        WriteObject(job);
    }
}
