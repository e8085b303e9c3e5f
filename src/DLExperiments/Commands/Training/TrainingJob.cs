using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using DLExperiments.Commands.Sessions;
using DLExperiments.Training;

namespace DLExperiments.Commands.Training;

/// <summary>A training on a thread of its own, as a job of PowerShell: Get-Job shows it, Receive-Job gives its output, Stop-Job ends it after the batch.</summary>
public sealed class TrainingJob : Job, ITrainingObserver
{
    private const string BodyName = "Invoke-JobBody";
    private static readonly TimeSpan ScriptGrace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly List<EpochResult> history = [];
    private readonly TrainingProgressWriter progress;
    private readonly bool streamEpochs;
    private readonly Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train;
    private readonly TrainingScripts scripts;
    private readonly ScriptCopies copies;
    private readonly InitialSessionState commands = ModuleSession.Commands;
    private readonly Thread thread;
    private readonly int limit;
    private PowerShell? shell;
    private string status = "waiting";

    internal TrainingJob(string command, string? name, string activity, bool streamEpochs, int limit, TrainingScripts scripts, ScriptCopies copies,
        Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingResult> train)
        : base(command, name)
    {
        PSJobTypeName = nameof(TrainingJob);
        this.streamEpochs = streamEpochs;
        this.limit = limit;
        this.scripts = scripts;
        this.copies = copies;
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

    /// <summary>The result of the training; what there is of it when it was stopped or an error ended it; null before.</summary>
    public TrainingResult? Result { get; private set; }

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
        // A script that does not end is stopped as Ctrl+C would stop it.
        if (!thread.Join(ScriptGrace)) Volatile.Read(ref shell)?.BeginStop(null, null);
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

    /// <inheritdoc/>
    void ITrainingObserver.OnFailure(TrainingResult result)
    {
        EpochColumns.Attach(result);
        Result = result;
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
            TrainingResult result = copies.IsEmpty ? train([progress, this], stopping.Token) : TrainInSession();
            EpochColumns.Attach(result);
            Result = result;
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

    /// <summary>Trains in a pipeline of a session of the job's own, as scripts run in the cmdlet's otherwise; what they write is the job's.</summary>
    private TrainingResult TrainInSession()
    {
        InitialSessionState state = ModuleSession.With(commands);
        foreach ((string function, string text) in copies.Functions) state.Commands.Add(new SessionStateFunctionEntry(function, text));
        state.Commands.Add(new SessionStateCmdletEntry(BodyName, typeof(JobBodyCommand), null));
        using Runspace runspace = ModuleSession.Open(state, copies.Location);
        using PowerShell own = PowerShell.Create();
        own.Runspace = runspace;
        (own.Streams.Warning, own.Streams.Information, own.Streams.Verbose, own.Streams.Debug, own.Streams.Error) = (Warning, Information, Verbose, Debug, Error);
        // An error that does not end the script goes to the job as it is; with one more sentence where this session would have had the command.
        Error.DataAdding += (_, adding) =>
        {
            if (adding.ItemAdded is ErrorRecord { ErrorDetails: null, Exception: RuntimeException error } record && copies.Hint(error) is { } hint)
                record.ErrorDetails = new ErrorDetails($"{error.Message.Split('\n')[0].Trim().TrimEnd('.')}; {hint}.");
        };
        TrainingResult? result = null;
        Exception? failure = null;
        own.AddCommand(BodyName).AddParameter(nameof(JobBodyCommand.Body), (Action<PSCmdlet>)(cmdlet =>
        {
            ScriptCopies.Current = copies;
            try
            {
                ITrainingObserver[] observers = scripts is { OnEpoch: null, OnStep: null } ? [progress, this] : [progress, this, new ScriptObserver(cmdlet, scripts, stopping.Cancel)];
                result = train(observers, stopping.Token);
            }
            catch (Exception e)
            {
                failure = e; // through the pipeline it would come wrapped
            }
            finally
            {
                ScriptCopies.Current = null;
            }
        }));
        Volatile.Write(ref shell, own);
        try
        {
            own.Invoke();
        }
        catch (PipelineStoppedException) when (result is not null)
        {
            // The training ended as it was told to.
        }
        finally
        {
            Volatile.Write(ref shell, null);
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return result!;
    }
}
