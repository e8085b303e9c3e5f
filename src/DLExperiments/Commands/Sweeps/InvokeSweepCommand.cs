using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Sweeps.Tables;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Tries settings of parameters and writes one row for each trial, in their order.</summary>
/// <remarks>
/// <para>A trial is a script with a param() block (-Script), a script block with one (-ScriptBlock), or a network to train (-Network, with -Dataset). Its last output
/// is an object whose property -Metric is looked at; all its plain properties are columns of the row. Invoke-Training inside a trial reports its epochs to the
/// sweep by itself, takes the trial's seed, and ends early when the pruner gives the trial up.</para>
/// <para>-Space names the parameters: 'log 1e-4..1e-1', 'int 16..256 step 16', '0..0.5', a list (16, 32, 64), 'bool', a value that stays the same, '0..0.9 when Optimizer
/// = SGD', or a choice with settings of its own: 'Adam', @{ Name = 'SGD'; Momentum = '0..0.9' }.</para>
/// <para>The folder -Path is all there is of a sweep. It can be read while it runs (Get-Trial), goes on after any interruption (Resume-Sweep) without running a
/// finished trial again, and can be worked on by several processes and machines at once (Invoke-Trial).</para>
/// <para>The same command gives the same table, whatever the number of processors: TPE, GaussianProcess and pruners look at all points but the last ThrottleLimit before
/// each, which Resume-Sweep keeps.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Sweep", DefaultParameterSetName = "Script", SupportsShouldProcess = true)]
[OutputType(typeof(SweepTrial), typeof(SweepEstimate))]
public sealed class InvokeSweepCommand : SweepCommand
{
    private const int UsualTrials = 20;
    private readonly List<IDictionary> points = [];

    /// <summary>What is varied: a hashtable of names and values.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public IDictionary Space { get; set; } = null!;

    /// <summary>A script with a param() block. It gets Seed and Dataset too, when it has parameters of those names. The sweep keeps a copy of it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Script")]
    [ValidateNotNullOrEmpty]
    public string Script { get; set; } = null!;

    /// <summary>A script block with a param() block; $using:x is the value of the session's $x.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ScriptBlock")]
    [Alias("Trial")]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>A network, or a script block that makes one and sees the parameters and $Dataset as variables: { New-Network $Dataset.InputShape | Add-Layer Linear $Units }.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Network")]
    public object Network { get; set; } = null!;

    /// <summary>Options of Invoke-Training that are the same in all trials; parameters of the space that are such options are given to it by themselves.</summary>
    [Parameter(ParameterSetName = "Network")]
    public Hashtable Training { get; set; } = [];

    /// <summary>Points to try first: objects or hashtables with a value for each parameter, such as rows of an earlier sweep.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What chooses the points, by name or as a hashtable with a Name: TPE, GaussianProcess, Halton, Random, Grid. By default Grid when all values are listed and -Trials is not given, else TPE.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Sampler>))]
    public object? Sampler { get; set; }

    /// <summary>What gives trials up, by name or as a hashtable with a Name: Median, SuccessiveHalving (ASHA), Hyperband, Patience; nothing by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CatalogueCompleter<Pruner>))]
    public object? Pruner { get; set; }

    /// <summary>How many settings are tried; 20 by default, all of a Grid.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    public int Trials { get; set; }

    /// <summary>The property of the trials' output that counts; of several, the rows' Front is 0 for trials that no other beats.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Metric { get; set; } = ["BestValidationLoss"];

    /// <summary>Whether less or more is better, for each metric; by default less for losses, errors and times, else more.</summary>
    [Parameter]
    public SweepGoal[] Goal { get; set; } = [];

    /// <summary>The sweep's folder; without it the sweep is gone when the command has ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The seed of the points, and of the trainings of the first repeat; the next repeat has the next number.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>How often each setting is tried, with another seed each time.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Repeat { get; set; } = 1;

    /// <summary>Tries each setting on so many folds of the data (of its Train piece when it has one), each with one part held out for validation.</summary>
    [Parameter]
    [ValidateRange(2, 100_000)]
    public int Fold { get; set; } = 1;

    /// <summary>Deals each class evenly to the folds.</summary>
    [Parameter]
    public SwitchParameter Stratify { get; set; }

    /// <summary>CPU threads of a training that names none; by default the processors shared by ThrottleLimit, with -Launcher Ssh all of the machine.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? Threads { get; set; }

    /// <summary>How often a trial is begun again whose process vanished; after that it has failed.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MaxRetry { get; set; } = 3;

    /// <summary>Trainings keep checkpoints in their trial's folder and go on from them after an interruption.</summary>
    [Parameter]
    public SwitchParameter Checkpoint { get; set; }

    /// <summary>Goes on with the sweep in the folder when there is one, else begins it: a script that is run again and again ends with one sweep.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces a sweep that is in the folder.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        points.Add(InputObject.BaseObject as IDictionary ?? Table(InputObject));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        TrialCode code = ParameterSetName switch
        {
            "Script" => TrialCode.FromScript(ResolveSources(Script, literal: true)[0]),
            "ScriptBlock" => TrialCode.FromBlock(ScriptBlock),
            _ => TrialCode.FromNetwork(CatalogueValueAttribute.Unwrap(Network)!, (IDictionary)CatalogueValueAttribute.Unwrap(Training)!),
        };
        var data = TrialData.Deal(Dataset, Fold, Stratify, Seed, WriteWarning);
        Launcher launcher = MakeLauncher();
        SweepPlan plan = MakePlan(code, data, launcher).Validate();
        TrialParameters.Check(code, plan.Space, Dataset is not null);
        string folder = Path is null ? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sweep-{Guid.NewGuid():N}") : ResolveTarget(Path);
        if (!ShouldProcess(folder, $"Run {plan.TrialCount} trials"))
        {
            WriteObject(SweepProbe.Estimate(plan, code, data, launcher, ThrottleLimit, OpenSession(code), Cancellation));
            return;
        }
        if (Force && SweepFolder.Exists(folder)) SweepFolder.Remove(folder);
        bool goesOn = Resume && SweepFolder.Exists(folder);
        SweepFolder sweep = goesOn ? SweepFolder.Open(folder) : SweepFolder.Create(folder, plan, code.Files);
        if (goesOn) CheckSame(sweep, plan);
        try
        {
            RunSweep(sweep, code, data, launcher);
        }
        finally
        {
            if (Path is null) Directory.Delete(folder, recursive: true);
        }
    }

    private SweepPlan MakePlan(TrialCode code, TrialData data, Launcher launcher)
    {
        var space = SweepSpace.From((IDictionary)Unwrap(Space)!);
        bool listed = space.Entries.All(e => e.Values.IsListed);
        object chosen = CatalogueValueAttribute.Unwrap(Sampler) ?? (listed && Trials == 0 ? "Grid" : "TPE");
        var sampler = Catalogue<Sampler>.Default.From(chosen);
        double[][] first = [.. points.Select(p => space.PlaceOf((IDictionary)Unwrap(p)!))];
        int count = Trials > 0 ? Trials : first.Length + (sampler.CountIn(space.Cube) ?? Math.Max(UsualTrials - first.Length, 0));
        int perPoint = Repeat * Fold;
        return new SweepPlan
        {
            Space = space, Sampler = sampler, Points = count, Repeats = Repeat, Folds = Fold, Seed = Seed, FirstPoints = first,
            Pruner = CatalogueValueAttribute.Unwrap(Pruner) is { } pruner ? Catalogue<Pruner>.Default.From(pruner) : null,
            Objectives = [.. Metric.Select((m, i) => new SweepObjective(m, i < Goal.Length ? Goal[i] : SweepGoal.Auto))],
            // The points that ThrottleLimit trials at once belong to.
            Lag = perPoint == 1 ? ThrottleLimit : (ThrottleLimit - 1) / perPoint + 2,
            Threads = Threads ?? launcher.ThreadsFor(ThrottleLimit), MaxRetry = MaxRetry, Checkpoints = Checkpoint,
            Body = code.ToPlan(), Data = data.Fingerprint + (Fold > 1 && Stratify ? "-stratified" : ""),
        };
    }

    /// <summary>Refuses to go on with a sweep that is another than the command describes.</summary>
    private static void CheckSame(SweepFolder sweep, SweepPlan plan)
    {
        if (sweep.DifferenceFrom(plan) is { } difference)
            throw new ExperimentException("SweepMismatch", ErrorKind.InvalidOperation, $"The sweep in '{sweep.Path}' is another one: {difference}. Replace it (-Force), or choose another -Path.", sweep.Path);
    }

    private static OrderedDictionary Table(PSObject row)
    {
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in row.Properties) table[property.Name] = property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        return table;
    }

    // Takes PowerShell's wrappers off, and keeps the order of an ordered table.
    private static object? Unwrap(object? value)
    {
        if (value is PSObject { BaseObject: not PSCustomObject } wrapped) return Unwrap(wrapped.BaseObject);
        if (value is object?[] list) return Array.ConvertAll(list, Unwrap);
        if (value is not IDictionary table) return value;
        IDictionary plain = table is IOrderedDictionary ? new OrderedDictionary(StringComparer.OrdinalIgnoreCase) : new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry item in table) plain[item.Key] = Unwrap(item.Value);
        return plain;
    }
}
