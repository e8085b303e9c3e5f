using System.Diagnostics;
using System.Runtime.InteropServices;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>Trials in worker processes on this machine, so that one that crashes takes no other with it. The trial must be a script that gets its own data.</summary>
[CatalogueEntry("Processes")]
public sealed partial class ProcessLauncher : Launcher
{
    private const int Terminate = 15;

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation)
    {
        var errors = new List<string>();
        Process[] workers = [.. Enumerable.Range(0, launch.Workers).Select(_ => Start(launch, errors))];
        try
        {
            using CancellationTokenRegistration stop = cancellation.Register(() => Array.ForEach(workers, Stop));
            // A worker that crashes leaves its trial to the others; when it was the last, a new one begins where it ended.
            for (int lives = launch.Folder.Plan.MaxRetry * launch.Workers; ; lives--)
            {
                foreach (Process worker in workers) worker.WaitForExit();
                bool open = !cancellation.IsCancellationRequested && launch.MaxTime is null
                    && Enumerable.Range(0, launch.Folder.Plan.TrialCount).Any(i => launch.Folder.StateOf(i) is TrialState.Waiting or TrialState.Interrupted);
                if (!open || lives <= 0 || workers.All(w => Known(w.ExitCode))) break;
                launch.Warn($"Worker processes ended with {string.Join(", ", workers.Select(w => w.ExitCode).Where(c => !Known(c)).Distinct())}; a new one goes on.");
                workers[0].Dispose();
                workers[0] = Start(launch, errors);
                if (cancellation.IsCancellationRequested) Stop(workers[0]);
            }
            if (cancellation.IsCancellationRequested) return WorkerExit.Stopped;
            string said;
            lock (errors) said = string.Join(' ', errors.Distinct().Take(5));
            return workers.Any(w => w.ExitCode == (int)WorkerExit.BadConfiguration || !Known(w.ExitCode))
                ? throw new ExperimentException("WorkerFailed", ErrorKind.InvalidOperation, $"A worker process ended with {workers.Select(w => w.ExitCode).Max()}. {said}".TrimEnd(), launch.Folder.Path)
                : (WorkerExit)workers.Max(w => w.ExitCode);
        }
        finally
        {
            foreach (Process worker in workers) worker.Dispose();
        }
    }

    private static bool Known(int code) => Enum.IsDefined((WorkerExit)code);

    private static Process Start(SweepLaunch launch, List<string> errors)
    {
        var start = new ProcessStartInfo(launch.WorkerCommand[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in launch.WorkerCommand.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        Process process = Process.Start(start)
            ?? throw new ExperimentException("WorkerFailed", ErrorKind.InvalidOperation, $"The worker process '{launch.WorkerCommand[0]}' cannot be started.", launch.WorkerCommand[0]);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (string.IsNullOrWhiteSpace(line.Data)) return;
            lock (errors) errors.Add(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Asks a worker to put its trial back and end; where there are no signals it is ended, and its trial is taken up as after a crash.</summary>
    private static void Stop(Process process)
    {
        if (process.HasExited) return;
        if (OperatingSystem.IsWindows() || Kill(process.Id, Terminate) != 0) process.Kill(entireProcessTree: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
