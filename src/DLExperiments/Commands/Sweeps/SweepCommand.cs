using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;
using DLExperiments.Training;

namespace DLExperiments.Commands.Sweeps;

/// <summary>What the cmdlets that run a sweep have in common.</summary>
public abstract class SweepCommand : ExperimentCommand
{
    // After so many failures of one kind, and no success, every trial would fail.
    private const int HopelessFailures = 3;

    /// <summary>Data for the trials, which they share: a network is trained on it, a script gets it as its parameter Dataset.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>How many trials run at once; as many as the machine has processors by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>Where trials run: Threads (side by side in this process, the default), Processes (workers of their own, for scripts that get their own data) or Slurm (job arrays of a cluster, likewise); settings of Slurm as a hashtable: @{ Name = 'Slurm'; TrialsPerTask = 10 }.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Launcher>))]
    public object Launcher { get; set; } = "Threads";

    /// <summary>After what time no new trial is begun; those that run go on to their end. Resume-Sweep does the rest another time.</summary>
    [Parameter]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>The name of a variable that gets the output of the best setting, run once more on all data that was folded or validated on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RefitVariable { get; set; }

    /// <summary>Options of sbatch by their long names, for -Launcher Slurm: @{ partition = 'gpu'; time = '2:00:00'; gres = 'gpu:1' }.</summary>
    [Parameter]
    public Hashtable SlurmOption { get; set; } = [];

    private protected Launcher MakeLauncher()
    {
        Launcher launcher = Catalogue<Launcher>.Default.From(CatalogueValueAttribute.Unwrap(Launcher)!);
        if (SlurmOption.Count == 0) return launcher;
        if (launcher is not SlurmLauncher slurm) throw new ExperimentException("InvalidSlurmOption", ErrorKind.InvalidArgument, "-SlurmOption goes with -Launcher Slurm only.");
        foreach (DictionaryEntry option in SlurmOption)
            slurm.AddOption(option.Key.ToString()!, option.Value is true or null ? "" : LanguagePrimitives.ConvertTo<string>(option.Value));
        return launcher;
    }

    private protected TrialSession OpenSession(TrialCode code)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in code.Usings.Values)
        {
            PSVariable variable = SessionState.PSVariable.Get(name)
                ?? throw new ExperimentException("MissingVariable", ErrorKind.NotFound, $"The trial uses $using:{name}, but this session has no variable {name}.", name);
            values[name] = variable.Value;
        }
        return TrialSession.Of(SessionState.Path.CurrentFileSystemLocation.ProviderPath, values);
    }

    /// <summary>Runs what is left of a sweep and writes all its trials.</summary>
    private protected void RunSweep(SweepFolder folder, TrialCode code, TrialData data, Launcher launcher)
    {
        TrialSession session = OpenSession(code);
        if (!launcher.IsInProcess && (data.Whole is not null || code.Usings.Count > 0))
            throw new ExperimentException("DataNotShared", ErrorKind.InvalidArgument,
                "Worker processes share no memory with this session: use -Launcher Threads, or let the trial's script get its data by itself instead of -Dataset and $using:.");
        IReadOnlyList<SweepTrial> before = SweepTable.Read(folder);
        var watch = new SweepProgressWriter(this, folder);
        var ended = new ConcurrentQueue<TrialRecord>();
        var warnings = new ConcurrentQueue<string>();
        bool streams = folder.Plan.Objectives.Count == 1;
        foreach (SweepTrial trial in before.Where(t => t.Epochs is not null)) watch.Add(trial, isNew: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var shared = new SharedData(data.All);
        var launch = new SweepLaunch
        {
            Folder = folder, Workers = ThrottleLimit, MaxTime = MaxTime, TrainsOnly = code.TrainsItself, Shared = shared, OnEnd = ended.Enqueue, Warn = warnings.Enqueue,
            OpenBody = () => new RunspaceTrialBody(code, data, session, warnings.Enqueue), WorkerCommand = launcher.IsInProcess ? [] : ShellProgram.WorkerCommand(folder.Path, launcher.WorkerOptions + (MaxTime is { } most ? FormattableString.Invariant($" -MaxTime '{most:c}'") : "")),
        };
        Task<WorkerExit> work = Task.Factory.StartNew(() => launcher.Run(launch, stop.Token), TaskCreationOptions.LongRunning);
        ExperimentException? hopeless = null;
        try
        {
            for (bool over = false; !over;)
            {
                over = Task.WaitAny([work], 200) == 0;
                while (warnings.TryDequeue(out string? warning)) WriteWarning(warning);
                var news = new List<SweepTrial>();
                while (ended.TryDequeue(out TrialRecord? record)) news.Add(SweepTable.Of(folder, record));
                if (over || watch.IsScanDue(launcher)) news.AddRange(watch.Scan().Where(t => news.All(n => n.Trial != t.Trial)));
                foreach (SweepTrial trial in news) watch.Add(trial, isNew: true);
                if (streams) WriteObject(TrialRow.Of(folder.Plan, watch.TakeInOrder(over)), enumerateCollection: true);
                watch.Show();
                if (hopeless is null && (hopeless = watch.Hopeless(Math.Max(HopelessFailures, ThrottleLimit))) is not null) stop.Cancel();
            }
        }
        finally
        {
            // However this pipeline ends, trials are put back before it does.
            stop.Cancel();
            Task.WaitAny(work);
            watch.Complete();
        }
        Cancellation.ThrowIfCancellationRequested();
        if (hopeless is not null) throw hopeless;
        WorkerExit exit = work.GetAwaiter().GetResult();
        if (!streams) WriteObject(TrialRow.Of(folder.Plan, SweepTable.Read(folder)), enumerateCollection: true);
        watch.Report(exit);
        if (RefitVariable is not null) SessionState.PSVariable.Set(RefitVariable, Refit(folder, code, data, session));
    }

    private object? Refit(SweepFolder folder, TrialCode code, TrialData data, TrialSession session)
    {
        SettingSummary best = SettingSummary.Of(folder.Plan, SweepTable.Read(folder)).FirstOrDefault()
            ?? throw new ExperimentException("NoFinishedTrial", ErrorKind.InvalidOperation, "No trial ran to its end, so that there is no best setting to refit.", folder.Path);
        // All rows that the choice was made with: what was folded, or the training and validation pieces together.
        using var body = new RunspaceTrialBody(code, data, session, null);
        var trial = new TrialAssignment(-1, best.Point, 0, 0, folder.Plan.Seed, best.Parameters, folder.Path);
        using IDisposable scope = TrainingScope.Enter(new RefitScope(folder.Plan, Cancellation));
        PSObject[] output = [.. body.RunOn(trial, data.ForRefit(folder.Plan), Cancellation)];
        return output.Length == 1 ? output[0] : output;
    }
}
