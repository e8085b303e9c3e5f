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

namespace DLExperiments.Commands.Sweeps;

/// <summary>Measures some steps of a sweep's first trial, to say how long the sweep will take. The first training is ended after them.</summary>
internal sealed class SweepProbe : TrainingScope, ITrainingObserver
{
    private readonly CancellationTokenSource stopping = new();
    private readonly SweepPlan plan;
    private readonly StepPace pace = new();

    private SweepProbe(SweepPlan plan) => this.plan = plan;

    /// <inheritdoc/>
    public override long? Seed => plan.Seed;

    /// <inheritdoc/>
    public override int? Threads => plan.Threads;

    /// <inheritdoc/>
    public override CancellationToken Stopping => stopping.Token;

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
        var probe = new SweepProbe(plan);
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
        TimeSpan trialTime = probe.pace.TrainingTime is { } whole ? took - probe.pace.Measured + whole : took;
        LauncherDecision decision = launcher is AutoLauncher ? LauncherChoice.Decide(code.Nature(data), Math.Min(workers, plan.TrialCount), probe.pace) : LauncherDecision.Asked(launcher);
        return new SweepEstimate
        {
            Trials = plan.TrialCount, Settings = plan.Points, TrialsPerSetting = plan.TrialsPerPoint, Space = [.. plan.Space.Entries.Select(e => e.ToString())],
            Sampler = Catalogue<Sampler>.Default.EntryOf(plan.Sampler).Name, Pruner = plan.Pruner is { } p ? Catalogue<Pruner>.Default.EntryOf(p).Name : null,
            Launcher = decision.Launcher, LauncherReason = decision.Reason, Hosts = [.. launcher.Hosts], Workers = Math.Min(workers, plan.TrialCount), Threads = plan.Threads, First = first,
            Engine = training?.Engine, ParameterCount = training?.ParameterCount, StepTime = probe.pace.StepTime, TrialTime = trialTime,
            TotalTime = trialTime * Math.Ceiling((double)plan.TrialCount / workers), Memory = Math.Max(0, process.WorkingSet64 - before) * Math.Min(workers, plan.TrialCount),
        };
    }
}
