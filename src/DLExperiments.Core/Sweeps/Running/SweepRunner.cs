using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Stacking;

namespace DLExperiments.Sweeps.Running;

/// <summary>
/// A worker: takes trials of a sweep that nobody is at, runs them on threads of its own, and puts the results into the folder. Any number of
/// workers, on any machines that see the folder, may run at once; they need nothing but the folder.
/// </summary>
public sealed partial class SweepRunner
{
    // How long a trial that waits for others sleeps at most before it looks whether other processes have ended theirs.
    private const string PlainNumber = "Value";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly SweepFolder folder;
    private readonly SweepPlan plan;
    private readonly SweepLedger ledger;
    private readonly HashSet<int> held = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private int failed, begun;

    /// <summary>Makes a worker.</summary>
    /// <param name="folder">The sweep.</param>
    public SweepRunner(SweepFolder folder)
    {
        this.folder = folder;
        plan = folder.Plan;
        ledger = new SweepLedger(folder);
    }

    /// <summary>How many trials run at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>After what time no new trial is begun; null for never.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>The trials to run; null for all. A launcher that deals trials out to tasks sets it.</summary>
    public IReadOnlySet<int>? Only { get; init; }

    /// <summary>How many trials this worker begins at most; null for no limit.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>Whether it stays until the trials of others have ended too, and takes over those whose worker vanishes.</summary>
    public bool WaitsForOthers { get; init; }

    /// <summary>What the trainings of its trials share; null for nothing. The caller disposes of it.</summary>
    public SharedData? Shared { get; init; }

    /// <summary>
    /// How many trials one thread may train together as one network, where that is faster; 1 for none. Only for trials that do little but train: they wait for each other.
    /// </summary>
    public int MaxStack { get; init; } = 1;

    /// <summary>Called when a trial of this worker has ended, on the thread that ran it.</summary>
    public Action<TrialRecord>? OnEnd { get; init; }

    /// <summary>Called once for each trial that trains, when some of its steps are measured, on the thread that runs it.</summary>
    internal Action<StepPace>? OnPace { get; init; }

    /// <summary>Runs trials until none is left that it could take.</summary>
    /// <param name="open">Makes what the trials do, once for each thread.</param>
    /// <param name="cancellation">Stops the worker: trainings end after their batch, and their trials are put back.</param>
    /// <exception cref="ExperimentException">The folder cannot be written, or a body cannot be made.</exception>
    public WorkerExit Run(Func<TrialBody> open, CancellationToken cancellation)
    {
        // SIGTERM, a cluster's "time is up", counts as a stop: trials are put back before the process ends.
        using var guard = new TerminationGuard(cancellation);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(guard.Token);
        using var heartbeat = new Heartbeat();
        var errors = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Workers).Select(w => new Thread(() =>
        {
            try
            {
                using TrialBody body = open();
                Work(body, open, heartbeat, stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                // What is wrong here (no space, no rights, no session) is wrong for all.
                lock (errors) errors.Add(e);
                stopping.Cancel();
            }
        }) { IsBackground = true, Name = $"Sweep worker {w + 1}" })];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (errors.Count > 0) throw errors[0] is ExperimentException or IOException or UnauthorizedAccessException ? errors[0] : new AggregateException(errors);
        return guard.Token.IsCancellationRequested || MaxTime is { } most && Stopwatch.GetElapsedTime(started) >= most && ledger.FirstOpen < plan.TrialCount ? WorkerExit.Stopped
            : failed > 0 ? WorkerExit.TrialFailed : WorkerExit.Done;
    }

    private void Work(TrialBody body, Func<TrialBody> open, Heartbeat heartbeat, CancellationToken cancellation)
    {
        using var partners = new TrialPartners(open);
        while (!cancellation.IsCancellationRequested && !(Stopwatch.GetElapsedTime(started) >= MaxTime))
        {
            if (MaxTrials is { } most && Interlocked.Increment(ref begun) > most) return;
            if (Take(cancellation) is not { } taken) return;
            StackRound? round = null;
            if (MaxStack >= StackPlan.Fewest)
                round = new StackRound(MaxStack, wanted => [.. TakeMore(wanted, cancellation).Select(more => partners.Prepare(partner => Run(partner, more, round, heartbeat, cancellation)))]);
            Run(() => body, taken, round, heartbeat, cancellation);
            partners.Join();
        }
    }

    /// <summary>Runs a trial that was taken, and puts the result into the folder or the trial back.</summary>
    private void Run(Func<TrialBody> body, (TrialAssignment Trial, TrialClaim Claim, double[] Place) taken, StackRound? round, Heartbeat heartbeat, CancellationToken cancellation)
    {
        (TrialAssignment trial, TrialClaim claim, double[] place) = taken;
        heartbeat.Add(claim);
        try
        {
            if (Execute(body(), trial, place, claim, round, cancellation) is { } record) Publish(record, claim);
            else claim.Release();
        }
        catch (ExperimentException e) when (e.ErrorId == "FileNotWritable")
        {
            // The trial is not at fault: it is open again, and has not crashed.
            claim.Release();
            throw;
        }
        finally
        {
            heartbeat.Remove(claim);
            claim.Dispose();
            lock (held) held.Remove(trial.Index);
            round?.Leave();
        }
    }

    /// <summary>Takes the first trial that nobody is at; waits for those it depends on. Null when there is none left.</summary>
    private (TrialAssignment, TrialClaim, double[])? Take(CancellationToken cancellation)
    {
        for (; ; )
        {
            bool waits = false;
            for (int index = ledger.FirstOpen; index < plan.TrialCount && !cancellation.IsCancellationRequested; index++)
            {
                if (Only?.Contains(index) == false) continue;
                if (ledger.Find(index) is not null) continue;
                if (IsHeld(index)) continue;
                if (!ledger.IsReady(index / plan.TrialsPerPoint))
                {
                    waits = true;
                    break;
                }
                if (TryTake(index, out bool isOthers) is { } taken) return taken;
                waits |= isOthers && WaitsForOthers || ledger.Find(index) is null && !isOthers && !IsHeld(index);
            }
            if (!waits || cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(started) >= MaxTime) return null;
            ledger.Wait(Patience);
        }
    }

    private bool IsHeld(int index)
    {
        lock (held) return held.Contains(index);
    }

    private (TrialAssignment, TrialClaim, double[])? TryTake(int index, out bool isOthers)
    {
        isOthers = false;
        lock (held)
            if (!held.Add(index)) return null;
        (TrialAssignment, TrialClaim, double[])? taken = null;
        try
        {
            ClaimNote? note = folder.NoteOf(index);
            if (note?.IsAlive(folder.Now) == true)
            {
                // Without a name it may be anybody's, and nobody's in a moment: that one is looked at again.
                isOthers = note.Worker is not null;
                return null;
            }
            int point = index / plan.TrialsPerPoint, run = index % plan.TrialsPerPoint, repeat = run / plan.Folds;
            double[] place = Choose(point);
            var trial = new TrialAssignment(index, point, repeat, run % plan.Folds, plan.Seed + repeat, plan.Space.At(place), folder.FolderOf(index));
            Directory.CreateDirectory(trial.Folder);
            if (TrialClaim.TryCreate(trial.Folder, (note?.Attempt ?? 0) + 1, place) is not { } claim) return null;
            if (ledger.Find(index) is not null)
            {
                // It ended between the look and the claim.
                claim.Dispose();
                TrialClaim.Clear(trial.Folder);
                return null;
            }
            if (note is { Held: var crashes } && crashes > plan.MaxRetry)
            {
                Publish(Record(trial, place, claim, TrialState.Failed) with
                {
                    ErrorId = "TrialCrashed", Error = $"The process that ran it ended {crashes} times without a word (out of memory, killed). It is not begun again.",
                }, claim);
                claim.Dispose();
                return null;
            }
            taken = (trial, claim, place);
            return taken;
        }
        finally
        {
            if (taken is null)
                lock (held) held.Remove(index);
        }
    }

    private double[] Choose(int point) => point < plan.FirstPoints.Count ? plan.FirstPoints[point]
        : plan.Sampler.Sample(plan.Space.Cube, plan.Seed, plan.Sampler.Learns ? point : point - plan.FirstPoints.Count, plan.Sampler.Learns ? ledger.PointsBefore(point) : []);

    /// <summary>Runs a trial; null when it was stopped and has to be begun again.</summary>
    private TrialRecord? Execute(TrialBody body, TrialAssignment trial, double[] place, TrialClaim claim, StackRound? round, CancellationToken cancellation)
    {
        TrialRecord record = Record(trial, place, claim, TrialState.Failed);
        if (ledger.FindKey(record.Key) is { } same)
            return same with { Index = trial.Index, SameAs = same.Index, Started = record.Started, Duration = TimeSpan.Zero, Attempt = claim.Attempt, Worker = record.Worker };
        using var scope = new TrialScope(plan, trial, ledger.CurvesBefore(trial.Point, trial.Index % plan.TrialsPerPoint), Shared, OnPace, round, cancellation);
        long begin = Stopwatch.GetTimestamp();
        try
        {
            JsonObject output;
            using (TrainingScope.Enter(scope)) output = body.Run(trial, cancellation);
            if (cancellation.IsCancellationRequested) return null;
            record = record with { State = scope.IsPruned ? TrialState.Pruned : TrialState.Finished, Values = ReadValues(output), Output = output };
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (TrialError e)
        {
            record = record with { ErrorId = e.ErrorId, Error = e.Message, ErrorPosition = e.Position };
        }
        catch (Exception e)
        {
            // Whatever a trial throws is its own: the sweep keeps it and goes on.
            record = record with { ErrorId = (e as ExperimentException)?.ErrorId ?? e.GetType().Name, Error = e.Message };
        }
        return record with { Curve = [.. scope.Curve], Duration = Stopwatch.GetElapsedTime(begin) };
    }

    private double[] ReadValues(JsonObject output) => [.. plan.Objectives.Select(objective =>
    {
        // A plain number has no name: where none is asked for, it is what the sweep is about.
        string name = objective.Metric == SweepObjective.UsualMetric && output.Count == 1 && output.ContainsKey(PlainNumber) ? PlainNumber : objective.Metric;
        JsonNode? node = output.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (!SpaceValues.TryNumber(SpaceJson.Scalar(node), out double value))
            throw new TrialError("MissingMetric", Missing(objective.Metric, node, output));
        return double.IsFinite(value) ? value : throw new TrialError("NonFiniteMetric", $"The trial's {objective.Metric} is {(double.IsNaN(value) ? "NaN" : "infinite")}.");
    })];

    private static string Missing(string metric, JsonNode? found, JsonObject output)
    {
        if (found is not null) return $"The trial's {metric} is {ValueConverter.Display(SpaceJson.Plain(found))}, which is no number.";
        string[] numbers = [.. output.Where(p => SpaceValues.TryNumber(SpaceJson.Scalar(p.Value), out _)).Select(p => p.Key)];
        string what = numbers.Length > 0 ? $"Its numbers are: {string.Join(", ", numbers)}. Name one with -Metric."
            : output.Count == 1 && output[PlainNumber] is { } only ? $"The last output is the text {ValueConverter.Display(SpaceJson.Plain(only))}." : "It has no number at all.";
        return $"The trial's output has no number {metric}. {what}";
    }

    private TrialRecord Record(TrialAssignment trial, double[] place, TrialClaim claim, TrialState state) => new()
    {
        Index = trial.Index, State = state, Place = place, Seed = trial.Seed, Key = KeyOf(trial), Started = DateTime.UtcNow, Attempt = claim.Attempt, Worker = WorkerIdentity.Own.ToString(),
    };

    private void Publish(TrialRecord record, TrialClaim claim)
    {
        // Somebody who took the trial over publishes the same; the first result counts, so that each trial has one.
        if (!claim.IsNewest || !folder.Publish(record))
        {
            ledger.Find(record.Index);
            return;
        }
        ledger.Add(record);
        if (record.State == TrialState.Failed) Interlocked.Increment(ref failed);
        OnEnd?.Invoke(record);
    }

    private string KeyOf(TrialAssignment trial)
    {
        var what = new JsonObject { ["parameters"] = SpaceJson.Write(trial.Setting), ["seed"] = trial.Seed, ["fold"] = trial.Fold, ["body"] = plan.Body.DeepClone(), ["data"] = plan.Data };
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what.ToJsonString()))).ToLowerInvariant()[..16];
    }
}
