using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using DLExperiments.Catalogues;
using DLExperiments.Sweeps.Launchers;
using DLExperiments.Sweeps.Pruners;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Commands.Sweeps;

/// <summary>Measures some steps of a sweep's first trial, to say how long the sweep will take. The first training is ended after them.</summary>
internal sealed class SweepProbe : TrainingScope, ITrainingObserver
{
    private readonly CancellationTokenSource stopping = new();
    private readonly SweepPlan plan;
    private readonly StepPace pace = new();
    private readonly int limit;
    private StackDecision? stack;
    private StackOffer? offer;

    private SweepProbe(SweepPlan plan, int limit) => (this.plan, this.limit) = (plan, limit);

    /// <inheritdoc/>
    public override long? Seed => plan.Seed;

    /// <inheritdoc/>
    public override int? Threads => plan.Threads;

    /// <inheritdoc/>
    public override CancellationToken Stopping => stopping.Token;

    /// <inheritdoc/>
    internal override StackTurn? Meet(StackOffer training)
    {
        // It is the first one that is measured, and it keeps no checkpoints here, whatever it does in the sweep.
        offer ??= training with { KeepsCheckpoints = plan.Checkpoints };
        stack ??= StackPlan.Decide(offer, limit);
        return null;
    }

    /// <inheritdoc/>
    public override ITrainingObserver Observe(IReadOnlyList<EpochResult> history, int epochs) => this;

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        if (pace.Note(progress)) stopping.Cancel();
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochResult epoch)
    {
    }

    internal static SweepEstimate Estimate(SweepPlan plan, TrialCode code, TrialData data, Launcher launcher, int workers, TrialSession session, CancellationToken cancellation)
    {
        Setting[] first = [.. Enumerable.Range(0, Math.Min(5, plan.Points)).Select(i => plan.Space.At(i < plan.FirstPoints.Count ? plan.FirstPoints[i]
            : plan.Sampler.Sample(plan.Space.Cube, plan.Seed, plan.Sampler.Learns ? i : i - plan.FirstPoints.Count, [])))];
        var probe = new SweepProbe(plan, code.TrainsItself ? launcher.StackLimit : 1);
        var trial = new TrialAssignment(0, 0, 0, 0, plan.Seed, first[0], session.Location);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        long before = process.WorkingSet64, begin;
        Collection<PSObject> output;
        using (var body = new RunspaceTrialBody(code, data, session, null))
        {
            begin = Stopwatch.GetTimestamp();
            using (Enter(probe)) output = body.RunOn(trial, data.Of(trial), cancellation);
        }
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        process.Refresh();
        var training = output.Select(o => o?.BaseObject).OfType<TrainingResult>().LastOrDefault();
        TimeSpan beside = probe.pace.TrainingTime is null ? took : took - probe.pace.Measured, trialTime = beside + (probe.pace.TrainingTime ?? TimeSpan.Zero);
        int stacked = StackOf(plan, probe.stack, workers);
        TimeSpan? stackStep = stacked > 1 && probe.pace.StepTime is { } alone ? StackPace.Measure(probe.offer!, stacked, StepsFor(alone, stacked), cancellation) : null;
        LauncherDecision decision = launcher is AutoLauncher ? LauncherChoice.Decide(code.Nature(data), Math.Min(workers, plan.TrialCount), probe.pace) : LauncherDecision.Asked(launcher);
        return new SweepEstimate
        {
            Trials = plan.TrialCount, Settings = plan.Points, TrialsPerSetting = plan.TrialsPerPoint, Space = [.. plan.Space.Entries.Select(e => e.ToString())],
            Sampler = Catalogue<Sampler>.Default.EntryOf(plan.Sampler).Name, Pruner = plan.Pruner is { } p ? Catalogue<Pruner>.Default.EntryOf(p).Name : null,
            Launcher = decision.Launcher, LauncherReason = decision.Reason, Hosts = [.. launcher.Hosts], Workers = Math.Min(workers, plan.TrialCount), Threads = plan.Threads, First = first,
            Engine = training?.Engine, Stack = stacked, StackReason = code.TrainsItself ? probe.stack?.Reason : null, ParameterCount = training?.ParameterCount, StepTime = probe.pace.StepTime, StackStepTime = stackStep, TrialTime = trialTime,
            TotalTime = (beside * stacked + (stackStep is { } step ? probe.pace.TrainingTime!.Value * (step / probe.pace.StepTime!.Value) : trialTime - beside)) * Math.Ceiling((double)plan.TrialCount / (workers * stacked)),
            Memory = Math.Max(0, process.WorkingSet64 - before) * Math.Min(workers, plan.TrialCount),
        };
    }

    // As long as one alone is measured, if they gain nothing from each other.
    private static int StepsFor(TimeSpan alone, int stacked) => (int)Math.Clamp(StepPace.Enough / (alone * stacked), 1, 10_000);

    // Every worker has as many; those that learn from each other do not begin together.
    private static int StackOf(SweepPlan plan, StackDecision? decision, int workers)
    {
        int atOnce = plan.Learns ? Math.Min(plan.TrialCount, plan.Lag * plan.TrialsPerPoint) : plan.TrialCount, share = Math.Min(decision?.Most ?? 1, (atOnce + workers - 1) / workers);
        return share < StackPlan.Fewest ? 1 : share;
    }
}
