using System.Collections.Concurrent;
using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Works on a sweep: runs trials that nobody is at, until none is left. Start it in as many processes, on as many machines, as there is work for.</summary>
/// <remarks>
/// The folder is all that workers share. With -ExitCode the output is the exit code for the worker's process: 0 all trials that it could take have ended, 1 some have failed, 2 the sweep
/// cannot be run as it is, 75 it was stopped before the end (SIGTERM, time) and has put its trials back.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Trial")]
[OutputType(typeof(SweepTrial), typeof(int))]
public sealed class InvokeTrialCommand : ExperimentCommand
{
    /// <summary>The sweep's folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The trials to run; all by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[] Index { get; set; } = [];

    /// <summary>How many trials run at once.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>After how many trials it ends; when none is left by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTrials { get; set; }

    /// <summary>After what time no new trial is begun.</summary>
    [Parameter]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>Writes the exit code of a worker process, and errors beside it, instead of the trials.</summary>
    [Parameter]
    public SwitchParameter ExitCode { get; set; }

    /// <summary>Ends as by a stop when the standard input ends or is silent for so long: what started it writes lines to it while it lives.</summary>
    [Parameter]
    public TimeSpan? InputTime { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using InputWatch? watch = InputTime is { } silence ? new InputWatch(silence, stop.Cancel) : null;
        var ended = new BlockingCollection<object>();
        try
        {
            SweepFolder folder = SweepFolder.Open(ResolveTarget(Path));
            foreach (int index in Index) folder.RequireTrial(index);
            TrialCode code = TrialCode.Of(folder);
            if (folder.Plan.Data.Length > 0 || code.Usings.Count > 0)
                throw new ExperimentException("DataNotShared", ErrorKind.InvalidOperation, $"The trials of '{folder.Path}' use data or variables of the session that began it: go on there with Resume-Sweep.", folder.Path);
            var session = TrialSession.Of(SessionState.Path.CurrentFileSystemLocation.ProviderPath, new Dictionary<string, object?>());
            var data = TrialData.Deal(null, 1, false, 0, null, WriteWarning);
            var runner = new SweepRunner(folder)
            {
                Workers = ThrottleLimit, MaxTime = MaxTime, MaxTrials = MaxTrials, Only = Index.Length > 0 ? Index.ToHashSet() : null, OnEnd = ended.Add,
            };
            Task<WorkerExit> work = Task.Run(() =>
            {
                try
                {
                    return runner.Run(() => new RunspaceTrialBody(code, data, session, ended.Add), stop.Token);
                }
                finally
                {
                    ended.CompleteAdding();
                }
            });
            foreach (object item in ended.GetConsumingEnumerable())
            {
                if (item is string warning) WriteWarning(warning);
                else if (!ExitCode) WriteObject(TrialRow.Of(folder.Plan, SweepTable.Of(folder, (TrialRecord)item)));
            }
            WorkerExit exit = work.GetAwaiter().GetResult();
            if (ExitCode) WriteObject((int)exit);
        }
        catch (ExperimentException e) when (ExitCode)
        {
            WriteError(e);
            WriteObject((int)WorkerExit.BadConfiguration);
        }
        finally
        {
            ended.Dispose();
        }
    }
}
