using System.Diagnostics;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Store;

namespace DLExperiments.Sweeps.Launchers.Slurm;

/// <summary>Sees to it that arrays work on a sweep until its trials have ended. What has ended it reads from the folder; Slurm is only asked whether anything still lives.</summary>
internal sealed class SlurmWatch
{
    // How often the folder is looked at: a few file names, and nobody's server.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SlurmLauncher launcher;
    private readonly SweepLaunch launch;
    private readonly string jobName;
    private readonly List<int> open;
    private readonly List<string> arrays = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private bool isSilent, saidHeld;
    private int fruitless, openAtSubmit;

    /// <param name="launcher">Its settings.</param>
    /// <param name="launch">What to run.</param>
    /// <param name="jobName">The name of all jobs of this sweep.</param>
    internal SlurmWatch(SlurmLauncher launcher, SweepLaunch launch, string jobName)
    {
        (this.launcher, this.launch, this.jobName) = (launcher, launch, jobName);
        open = [.. Enumerable.Range(0, launch.Folder.Plan.TrialCount)];
    }

    /// <summary>Submits, waits and submits again until no trial is left.</summary>
    internal WorkerExit Run(CancellationToken cancellation)
    {
        try
        {
            for (; ; )
            {
                if (!HasOpen()) return Finish();
                bool isOver = Stopwatch.GetElapsedTime(started) >= launch.MaxTime;
                if (Ask(SlurmCluster.Find(jobName)) is { } tasks)
                {
                    if (isOver && tasks.Any(t => t is { Lives: true, State: "PENDING" })) SlurmCluster.Cancel(jobName, waitingOnly: true);
                    if (!tasks.Any(t => t.Lives))
                    {
                        if (!HasOpen()) return Finish();
                        if (isOver) return WorkerExit.Stopped;
                        if (tasks.Any(t => t.State == "CANCELLED" && arrays.Contains(t.Array)))
                        {
                            launch.Warn($"The array {arrays[^1]} was cancelled in Slurm.");
                            return WorkerExit.Stopped;
                        }
                        // A worker on another machine that vanished without a word is missed after a silence; until then its trial is nobody's.
                        if (open.Any(i => launch.Folder.StateOf(i) != TrialState.Running)) Submit();
                    }
                    WarnOfHeld(tasks);
                }
                Wait(cancellation);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Stop();
            return WorkerExit.Stopped;
        }
    }

    private bool HasOpen()
    {
        open.RemoveAll(i => launch.Folder.HasResult(i));
        return open.Count > 0;
    }

    private WorkerExit Finish()
    {
        // Tasks that have not begun would find nothing to do.
        SlurmCluster.Cancel(jobName, waitingOnly: true);
        return Enumerable.Range(0, launch.Folder.Plan.TrialCount).Any(i => launch.Folder.Read(i)?.State == TrialState.Failed) ? WorkerExit.TrialFailed : WorkerExit.Done;
    }

    private void Submit()
    {
        if (arrays.Count > 0)
        {
            if (SlurmCluster.EndedWith(arrays[^1], WorkerExit.BadConfiguration)) throw Hopeless("ended with 2");
            fruitless = open.Count < openAtSubmit ? 0 : fruitless + 1;
            if (fruitless > launch.Folder.Plan.MaxRetry) throw Hopeless("ended without finishing a trial");
        }
        if (Ask(SlurmCluster.LargestArray()) is not { } largest) return;
        int tasks = launcher.TrialsPerTask > 0 ? (open.Count + launcher.TrialsPerTask - 1) / launcher.TrialsPerTask : Math.Min(launch.Workers, open.Count);
        openAtSubmit = open.Count;
        if (Ask(SlurmCluster.Submit(launcher.Arguments(launch, jobName, Math.Min(tasks, largest)))) is { } id) arrays.Add(id);
    }

    /// <summary>Waits for the next question to Slurm, or until the folder has all results.</summary>
    private void Wait(CancellationToken cancellation)
    {
        long from = Stopwatch.GetTimestamp();
        var poll = TimeSpan.FromSeconds(launcher.Poll);
        while (Stopwatch.GetElapsedTime(from) < poll && !cancellation.WaitHandle.WaitOne(poll < Look ? poll : Look))
            if (!HasOpen()) return;
    }

    /// <summary>Cancels the arrays and waits until their workers have put their trials back.</summary>
    private void Stop()
    {
        long from = Stopwatch.GetTimestamp();
        for (bool told = false; Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(launcher.StopTime);)
        {
            told = told || SlurmCluster.Cancel(jobName, waitingOnly: false);
            if (told && SlurmCluster.Find(jobName) is { } tasks && !tasks.Any(t => t.Lives)) return;
            using var pause = new ManualResetEventSlim();
            pause.Wait(Look);
        }
        launch.Warn($"Slurm has not confirmed the end of the jobs '{jobName}': cancel them with scancel --name={jobName}.");
    }

    private T? Ask<T>(T? answer)
    {
        if (answer is null != isSilent) launch.Warn(isSilent ? "Slurm's controller answers again." : "Slurm's controller does not answer; the sweep waits for it.");
        isSilent = answer is null;
        return answer;
    }

    private void WarnOfHeld(IReadOnlyList<SlurmCluster.Task> tasks)
    {
        if (saidHeld || tasks.FirstOrDefault(t => t.Lives && t.State == "PENDING" && (t.Reason.Contains("held", StringComparison.OrdinalIgnoreCase) || t.Reason is "PartitionTimeLimit" or "PartitionNodeLimit" or "BadConstraints")) is not { } held) return;
        launch.Warn($"Tasks of the array {held.Array} wait and will not start by themselves ({held.Reason}): scontrol show job {held.Array} tells more.");
        saidHeld = true;
    }

    private ExperimentException Hopeless(string how)
    {
        string? log = Directory.Exists(launcher.LogFolder(launch)) ? Directory.EnumerateFiles(launcher.LogFolder(launch), $"{arrays[^1]}_*.log").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        string said = log is null ? "" : string.Join(' ', File.ReadLines(log).Where(l => l.Trim().Length > 0).TakeLast(3));
        return new ExperimentException("WorkerFailed", ErrorKind.InvalidOperation, $"The workers of the Slurm array {arrays[^1]} {how}. {said} (logs: {launcher.LogFolder(launch)})", launch.Folder.Path);
    }
}
