using System.Collections.Concurrent;
using System.Management.Automation;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;
using DLExperiments.Training;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Runs a sweep that is in its folder for a cmdlet, whose streams get warnings and progress.</summary>
internal sealed class SweepRun(Cmdlet cmdlet, SweepFolder folder, TrialCode code, TrialData data, TrialSession session, Launcher launcher)
{
    // After so many failures of one kind, and no success, every trial would fail.
    private const int HopelessFailures = 3;

    /// <summary>How many trials run at once.</summary>
    internal required int Workers { get; init; }

    /// <summary>Whether the sweep's folder stays when the command has ended.</summary>
    internal bool IsKept { get; init; } = true;

    /// <summary>After what time no new trial is begun; null for no limit.</summary>
    internal TimeSpan? MaxTime { get; init; }

    /// <summary>Runs the trials that are left.</summary>
    /// <param name="write">Gets the rows of all trials in their order: of one metric as they come, of several at the end, when their fronts are known.</param>
    /// <param name="cancellation">Stops trials and puts them back.</param>
    internal void Run(Action<IEnumerable<PSObject>> write, CancellationToken cancellation)
    {
        var watch = new SweepProgressWriter(cmdlet, folder);
        var ended = new ConcurrentQueue<TrialRecord>();
        var warnings = new ConcurrentQueue<string>();
        var decisions = new ConcurrentQueue<LauncherDecision>();
        bool streams = folder.Plan.Objectives.Count == 1;
        foreach (SweepTrial trial in SweepTable.Read(folder).Where(t => t.Epochs is not null)) watch.Add(trial, isNew: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var shared = new SharedData(data.All);
        SweepLaunch launch = MakeLaunch(shared, ended, warnings, decisions);
        Task<WorkerExit> work = Task.Factory.StartNew(() => launcher.Run(launch, stop.Token), TaskCreationOptions.LongRunning);
        ExperimentException? hopeless = null;
        try
        {
            for (bool over = false; !over;)
            {
                over = Task.WaitAny([work], 200) == 0;
                while (decisions.TryDequeue(out LauncherDecision? decision)) cmdlet.WriteVerbose(decision.Reason);
                while (warnings.TryDequeue(out string? warning)) cmdlet.WriteWarning(warning);
                var news = new List<SweepTrial>();
                while (ended.TryDequeue(out TrialRecord? record)) news.Add(SweepTable.Of(folder, record));
                if (over || watch.IsScanDue(launcher)) news.AddRange(watch.Scan().Where(t => news.All(n => n.Trial != t.Trial)));
                foreach (SweepTrial trial in news) watch.Add(trial, isNew: true);
                if (streams) write(TrialRow.Of(folder.Plan, watch.TakeInOrder(over)));
                watch.Show();
                if (hopeless is null && (hopeless = watch.Hopeless(Math.Max(HopelessFailures, Workers))) is not null) stop.Cancel();
            }
        }
        finally
        {
            // However this pipeline ends, trials are put back before it does.
            stop.Cancel();
            Task.WaitAny(work);
            watch.Complete();
        }
        cancellation.ThrowIfCancellationRequested();
        if (hopeless is not null) throw hopeless;
        WorkerExit exit = work.GetAwaiter().GetResult();
        if (!streams) write(TrialRow.Of(folder.Plan, SweepTable.Read(folder)));
        watch.Report(exit, IsKept);
    }

    /// <summary>Runs the best setting once more, on all rows that it was chosen with, and gives the output as it is.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ExperimentException">NoFinishedTrial.</exception>
    internal object? Refit(long seed, CancellationToken cancellation)
    {
        SettingSummary best = NestedEstimate.Choose(folder);
        using var body = new RunspaceTrialBody(code, data, session, null);
        var trial = new TrialAssignment(-1, best.Point, 0, 0, seed, best.Parameters, folder.Path);
        using IDisposable scope = TrainingScope.Enter(new RefitScope(folder.Plan, seed, cancellation));
        PSObject[] output = [.. body.RunOn(trial, data.ForRefit(folder.Plan), cancellation)];
        return output.Length == 1 ? output[0] : output;
    }

    private SweepLaunch MakeLaunch(SharedData shared, ConcurrentQueue<TrialRecord> ended, ConcurrentQueue<string> warnings, ConcurrentQueue<LauncherDecision> decisions) => new()
    {
        Folder = folder, Workers = Workers, MaxTime = MaxTime, Shared = shared, OnEnd = ended.Enqueue, Warn = warnings.Enqueue,
        OpenBody = () => new RunspaceTrialBody(code, data, session, warnings.Enqueue), Shell = launcher is ThreadLauncher ? null : ShellProgram.Open(isNeeded: !launcher.IsInProcess),
        Nature = code.Nature(data), TrainsOnly = code.TrainsItself, OnDecision = decisions.Enqueue,
    };
}
