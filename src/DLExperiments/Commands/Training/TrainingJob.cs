using System.Management.Automation;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>A training on a thread of its own, as a job of PowerShell: Get-Job shows it, Receive-Job gives its output, Stop-Job ends it after the batch.</summary>
public sealed class TrainingJob : Job, ITrainingObserver
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<EpochResult> history = [];
    private readonly TrainingProgressWriter progress;
    private readonly bool streamEpochs;
    private readonly Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train;
    private readonly Thread thread;
    private readonly int limit;
    private string status = "waiting";

    internal TrainingJob(string command, string? name, string activity, bool streamEpochs, int limit,
        Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train)
        : base(command, name)
    {
        PSJobTypeName = nameof(TrainingJob);
        this.streamEpochs = streamEpochs;
        this.limit = limit;
        this.train = train;
        progress = new TrainingProgressWriter(Progress.Add, text => Warning.Add(new WarningRecord(text)), activity);
        thread = new Thread(Run) { IsBackground = true, Name = activity };
    }

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochResult> History
    {
        get
        {
            lock (history) return [.. history];
        }
    }

    /// <summary>Whether Receive-Job would give something.</summary>
    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Progress.Count > 0;

    /// <summary>This process.</summary>
    public override string Location => "localhost";

    /// <summary>Where the training stands, in words.</summary>
    public override string StatusMessage => status;

    /// <summary>Ends the training after the current batch and waits for that; its result so far is the job's output.</summary>
    public override void StopJob()
    {
        stopping.Cancel();
        thread.Join();
    }

    /// <inheritdoc/>
    void ITrainingObserver.OnStep(TrainingProgress where)
    {
    }

    /// <inheritdoc/>
    void ITrainingObserver.OnEpoch(EpochResult epoch)
    {
        lock (history) history.Add(epoch);
        status = FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.ValidationLoss ?? epoch.TrainingLoss:G4}");
        if (streamEpochs) Output.Add(PSObject.AsPSObject(epoch));
    }

    internal void Start() => thread.Start();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && thread.IsAlive) StopJob();
        base.Dispose(disposing);
    }

    private void Run()
    {
        if (!TrainingJobGate.Enter(limit, stopping.Token))
        {
            status = "stopped before it began";
            SetJobState(JobState.Stopped);
            return;
        }
        try
        {
            SetJobState(JobState.Running);
            TrainingResult result = train([progress, this], stopping.Token);
            progress.Complete();
            if (!streamEpochs) Output.Add(PSObject.AsPSObject(result));
            status = result.StopReason.ToString();
            SetJobState(stopping.IsCancellationRequested ? JobState.Stopped : JobState.Completed);
        }
        catch (Exception e)
        {
            // A thread's exception would end the process; a job shows it instead.
            status = e.Message;
            Error.Add(ErrorRecords.From(e) ?? new ErrorRecord(e, "UnexpectedError", ErrorCategory.NotSpecified, null));
            SetJobState(JobState.Failed);
        }
        finally
        {
            TrainingJobGate.Leave();
        }
    }
}
