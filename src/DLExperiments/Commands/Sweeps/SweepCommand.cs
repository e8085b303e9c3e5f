using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Commands.Data;
using DLExperiments.Data;
using DLExperiments.Data.Splitting;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Commands.Sweeps;

/// <summary>What the cmdlets that run a sweep have in common.</summary>
public abstract class SweepCommand : ExperimentCommand
{
    /// <summary>Data for the trials, which they share: a network is trained on it, a script gets it as its parameter Dataset.</summary>
    [Parameter]
    [DatasetValue]
    public Dataset? Dataset { get; set; }

    /// <summary>A value for each row that is folded (of the Train piece when there is one, or of the whole set), such as a patient's number: rows of one value stay in one fold.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Group { get; set; } = [];

    /// <summary>How many trials run at once; as many as the machine has processors by default, with -Launcher Ssh one on each machine.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; }

    /// <summary>Where trials run: Auto (the default: Threads or Processes, whichever suits the trials; -WhatIf and -Verbose say which and why), Threads (side by side in this process), Processes (workers of their own, for scripts that get their own data), Ssh (workers on other machines, likewise) or Slurm (job arrays of a cluster, likewise); with settings as a hashtable: @{ Name = 'Slurm'; TrialsPerTask = 10 }.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Launcher>))]
    public object Launcher { get; set; } = "Auto";

    /// <summary>The machines of -Launcher Ssh: host, user@host, names of ssh's configuration, or tables with settings of one of them: @{ Name = 'b'; Workers = 16; Folder = '/mnt/sweep' }.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] ComputerName { get; set; } = [];

    /// <summary>After what time no new trial is begun; those that run go on to their end. Resume-Sweep does the rest another time.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>The name of a variable that gets the output of the best setting, run once more on all data that was folded or validated on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RefitVariable { get; set; }

    /// <summary>Options of sbatch by their long names, for -Launcher Slurm: @{ partition = 'gpu'; time = '2:00:00'; gres = 'gpu:1' }.</summary>
    [Parameter]
    public Hashtable SlurmOption { get; set; } = [];

    /// <summary>The groups of the rows of -Dataset; null without -Group.</summary>
    /// <param name="isFolded">Whether rows are dealt into folds.</param>
    /// <exception cref="ExperimentException">MissingParameter; GroupMismatch.</exception>
    private protected RowGroups? MakeGroups(bool isFolded)
    {
        if (Group.Length == 0) return null;
        if (!isFolded || Dataset is null) throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"-Group keeps rows together in folds: {(Dataset is null ? "give -Dataset" : "give -Fold")} too, or leave out -Group.", nameof(Group));
        return new RowGroups(Dataset, [.. Group.Select(g => LanguagePrimitives.ConvertTo<string>(g))]);
    }

    /// <summary>Whether the sweep's folder stays when the command has ended.</summary>
    private protected virtual bool IsKept => true;

    private protected Launcher MakeLauncher()
    {
        Launcher launcher = Catalogue<Launcher>.Default.From(CatalogueValueAttribute.Unwrap(Launcher)!);
        if (ComputerName.Length > 0)
        {
            if (launcher is not SshLauncher ssh) throw new ExperimentException("InvalidHost", ErrorKind.InvalidArgument, "-ComputerName goes with -Launcher Ssh only.");
            foreach (object host in ComputerName) ssh.AddHost(CatalogueValueAttribute.Unwrap(host)!);
        }
        if (SlurmOption.Count > 0)
        {
            if (launcher is not SlurmLauncher slurm) throw new ExperimentException("InvalidSlurmOption", ErrorKind.InvalidArgument, "-SlurmOption goes with -Launcher Slurm only.");
            foreach (DictionaryEntry option in SlurmOption)
                slurm.AddOption(option.Key.ToString()!, option.Value is true or null ? "" : LanguagePrimitives.ConvertTo<string>(option.Value));
        }
        launcher.Validate();
        if (ThrottleLimit == 0) ThrottleLimit = launcher.UsualWorkers;
        return launcher;
    }

    /// <summary>Refuses a launcher whose workers would not have what the trials take from this session.</summary>
    /// <exception cref="ExperimentException">DataNotShared.</exception>
    private protected static void CheckShared(Launcher launcher, TrialCode code, bool hasData)
    {
        if (launcher.IsInProcess || !hasData && code.Usings.Count == 0) return;
        string what = hasData ? "-Dataset" : $"$using:{code.Usings.Values.First()}", name = Catalogue<Launcher>.Default.EntryOf(launcher).Name;
        string instead = hasData ? "make it a script that gets its data by itself (-Script trial.ps1, with Import-Dataset or New-Dataset in it)" : "let the script read or compute it, or make it a parameter of the space that has one value";
        throw new ExperimentException("DataNotShared", ErrorKind.InvalidArgument,
            $"The trial takes {what} from the memory of this session, which workers of -Launcher {name} do not share. Leave out -Launcher to run it here, side by side in threads, or {instead}.", name);
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

    /// <summary>Runs what is left of a sweep, writes all its trials, and refits the best setting where that is asked for.</summary>
    private protected void RunSweep(SweepFolder folder, TrialCode code, TrialData data, Launcher launcher)
    {
        var run = new SweepRun(this, folder, code, data, OpenSession(code), launcher) { Workers = ThrottleLimit, MaxTime = MaxTime, IsKept = IsKept };
        run.Run(rows => WriteObject(rows, enumerateCollection: true), Cancellation);
        if (RefitVariable is not null) SessionState.PSVariable.Set(RefitVariable, run.Refit(folder.Plan.Seed, Cancellation));
    }

    /// <summary>Runs what is left of a nested cross-validation, writes its estimate, and makes the final model where that is asked for.</summary>
    private protected void RunNested(NestedFolder folder, TrialCode code, Dataset data, Launcher launcher)
    {
        var run = new NestedSweep(this, folder, code, data, MakeGroups(isFolded: true), OpenSession(code), launcher) { Workers = ThrottleLimit, MaxTime = MaxTime };
        if (run.Run(Cancellation) is not { } estimate) return;
        WriteObject(estimate);
        if (RefitVariable is not null && run.Refit(Cancellation) is { } final) SessionState.PSVariable.Set(RefitVariable, final);
    }
}
