using System.Collections;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Commands.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
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
/// <para>A trial is a script with a param() block (-Script), a script block with one (-ScriptBlock), or a network to train (-Network, or piped, with -Dataset). Its last output
/// is an object whose property -Metric is looked at, or, without -Metric, a plain number, of which less is better; all plain properties are columns of the row. Invoke-Training inside a trial reports its epochs to the
/// sweep by itself, takes the trial's seed, and ends early when the pruner gives the trial up.</para>
/// <para>-Space names the parameters: 'log 1e-4..1e-1', 'int 16..256 step 16', '0..0.5', a list (16, 32, 64), 'bool', a value that stays the same, '0..0.9 when Optimizer
/// = SGD', or a choice with settings of its own: 'Adam', @{ Name = 'SGD'; Momentum = '0..0.9' }.</para>
/// <para>The folder -Path is all there is of a sweep. It can be read while it runs (Get-Trial), goes on after any interruption (Resume-Sweep) without running a
/// finished trial again, and can be worked on by several processes and machines at once (Invoke-Trial).</para>
/// <para>The same command gives the same table, killed and resumed or not. TPE, GaussianProcess and pruners look at all points but the last ThrottleLimit before each, which
/// Resume-Sweep keeps: with them give -ThrottleLimit, whose default is the machine's processors, for the same table on another machine.</para>
/// <para>Small networks of -Network that the Fused engine does not take are trained several at a time as one, where that is faster; their numbers are those of each alone but for
/// rounding. -WhatIf says how many (Stack) and why, rows have StackSize.</para>
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "Sweep", DefaultParameterSetName = "Network", SupportsShouldProcess = true)]
[OutputType(typeof(SweepTrial), typeof(SweepEstimate), typeof(NestedEstimate))]
public sealed partial class InvokeSweepCommand : SweepCommand
{
    private const int UsualTrials = 20;
    private readonly List<IDictionary> points = [];
    private readonly List<object> networks = [];

    /// <inheritdoc/>
    private protected override bool IsKept => Path is not null;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        if (InputObject.BaseObject is NetworkDefinition network) networks.Add(network);
        else points.Add(PlainValue.Row(InputObject));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (networks.Count > 0 && (Network is not null || ParameterSetName != "Network"))
            throw new ExperimentException("DoubleParameter", ErrorKind.InvalidArgument, $"Networks are piped, but -{(Network is not null ? nameof(Network) : ParameterSetName)} says what a trial runs; leave out one of them.", networks[0]);
        TrialCode code = ParameterSetName switch
        {
            "Script" => TrialCode.FromScript(ResolveSources(Script, literal: true)[0]),
            "ScriptBlock" => TrialCode.FromBlock(ScriptBlock),
            _ => TrialCode.FromNetwork(ChosenNetwork(), (IDictionary)CatalogueValueAttribute.Unwrap(Training)!),
        };
        var data = TrialData.Deal(Dataset, Fold, Stratify, Seed, MakeGroups(Fold > 1), WriteWarning);
        SweepPlan plan = Check(code, data, Dataset is not null, out Launcher launcher);
        string folder = Path is null ? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sweep-{Guid.NewGuid():N}") : ResolveTarget(Path);
        if (!ShouldProcess(folder, $"Run {(OuterFold > 1 ? (plan.TrialCount + Repeat) * OuterFold : plan.TrialCount)} trials"))
        {
            WriteObject(SweepProbe.Estimate(plan, code, data, launcher, ThrottleLimit, OpenSession(code), Cancellation).TimesOuter(OuterFold, Repeat));
            return;
        }
        if (Force && (SweepFolder.Exists(folder) || NestedFolder.Exists(folder))) NestedFolder.RemoveAny(folder);
        try
        {
            if (OuterFold > 1) RunNested(Resume && NestedFolder.Exists(folder) ? NestedFolder.Open(folder, plan, OuterFold, Stratify) : NestedFolder.Create(folder, plan, OuterFold, Stratify), code, Dataset!, launcher);
            else RunSweep(Resume && SweepFolder.Exists(folder) ? SweepFolder.Open(folder, plan) : SweepFolder.Create(folder, plan, code.Files), code, data, launcher);
        }
        finally
        {
            if (Path is null) Directory.Delete(folder, recursive: true);
        }
    }

    private object ChosenNetwork()
    {
        if (Network is null && networks.Count == 0)
            throw new ExperimentException("MissingTrial", ErrorKind.InvalidArgument, "Nothing says what a trial runs: pipe a network or give -Network, -Script or -ScriptBlock.", nameof(Network));
        return Network is not null ? PlainValue.Of(Network)! : networks.Count == 1 ? networks[0] : networks.ToArray();
    }

    /// <summary>Makes the plan, and refuses one that cannot be run.</summary>
    /// <param name="code">What the trials run.</param>
    /// <param name="data">Their data as far as it is known.</param>
    /// <param name="hasData">Whether they will have any.</param>
    /// <param name="launcher">Where they run.</param>
    internal SweepPlan Check(TrialCode code, TrialData data, bool hasData, out Launcher launcher)
    {
        launcher = MakeLauncher();
        CheckShared(launcher, code, hasData);
        SweepPlan plan = MakePlan(code, data, launcher).Validate();
        TrialParameters.Check(code, plan, hasData);
        if (OuterFold > 1) NestedSweep.Check(plan, code);
        return plan;
    }

    private SweepPlan MakePlan(TrialCode code, TrialData data, Launcher launcher)
    {
        var table = (IDictionary)PlainValue.Of(Space)!;
        if (code.Choices.Count > 0)
        {
            if (table.Contains(TrialCode.NetworkParameter))
                throw new ExperimentException("DoubleParameter", ErrorKind.InvalidArgument, "-Network has several networks, which are the parameter Network of the space; leave it out of -Space.", TrialCode.NetworkParameter);
            table[TrialCode.NetworkParameter] = code.Choices.ToArray();
        }
        var space = SweepSpace.From(table);
        bool listed = space.Entries.All(e => e.Values.IsListed);
        object chosen = CatalogueValueAttribute.Unwrap(Sampler) ?? (listed && Trials == 0 ? "Grid" : "TPE");
        var sampler = Catalogue<Sampler>.Default.From(chosen);
        IDictionary[] given = [.. points.Select(p => (IDictionary)PlainValue.Of(p)!)];
        space = space.Keeping(given);
        double[][] first = [.. given.Select(space.PlaceOf)];
        int count = Trials > 0 ? Trials : first.Length + (sampler.CountIn(space.Cube) ?? Math.Max(UsualTrials - first.Length, 0));
        if (first.Length > count) throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"{first.Length} points are given to begin with, but -Trials is {count}; give at least {first.Length}, or pipe fewer.", first.Length);
        // The best epoch by the rows that an estimate holds out would be no estimate.
        string[] metrics = Metric.Length > 0 ? Metric : [OuterFold > 1 ? "FinalValidationLoss" : SweepObjective.UsualMetric];
        if (metrics.GroupBy(m => m, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"-Metric names {twice} twice.", Metric);
        if (Goal.Length > metrics.Length)
            throw new ExperimentException("InvalidSweep", ErrorKind.InvalidArgument, $"There are {Goal.Length} goals ({string.Join(", ", Goal)}) for {metrics.Length} metric(s) ({string.Join(", ", metrics)}); give one for each.", Goal);
        return new SweepPlan
        {
            Space = space, Sampler = sampler, Points = count, Repeats = Repeat, Folds = Fold, Seed = Seed, FirstPoints = first,
            Pruner = CatalogueValueAttribute.Unwrap(Pruner) is { } pruner ? Catalogue<Pruner>.Default.From(pruner) : null,
            Objectives = [.. metrics.Select((m, i) => new SweepObjective(m, i < Goal.Length ? Goal[i] : SweepGoal.Auto))],
            Lag = SweepPlan.LagOf(ThrottleLimit, Repeat * Fold),
            Threads = Threads ?? launcher.ThreadsFor(ThrottleLimit), MaxRetry = MaxRetry, Checkpoints = Checkpoint,
            Body = code.ToPlan(), Data = OuterFold > 1 ? data.RowFingerprint : data.Fingerprint,
        };
    }
}
