using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Files;
using DLExperiments.Sweeps.Launchers.Slurm;
using DLExperiments.Sweeps.Running;

namespace DLExperiments.Sweeps.Launchers;

/// <summary>
/// Trials in the tasks of Slurm job arrays. A task is a worker like any other: it takes trials that nobody is at from the sweep's folder, which all nodes must see, until none is left.
/// Tasks that are preempted or requeued go on by themselves; when an array ends with trials left, another is submitted.
/// </summary>
[CatalogueEntry("Slurm")]
public sealed class SlurmLauncher : Launcher
{
    // What a worker needs of the environment it is submitted from; the rest stays where it is.
    private const string Environment = "PATH,HOME,USER,LANG,LD_LIBRARY_PATH,PSModulePath,DOTNET_ROOT,DOTNET_CLI_HOME,DLEXPERIMENTS_SHELL,DLEXPERIMENTS_NATIVE,OMP_NUM_THREADS,NO_COLOR=1";

    private readonly List<KeyValuePair<string, string>> options = [];

    /// <summary>The partition; the cluster's default when not given.</summary>
    public string? Partition { get; set; }

    /// <summary>The time limit of a task as sbatch takes it (30, 2:00:00, 1-0); the partition's default when not given. What a task has not done by then others do.</summary>
    public string? Time { get; set; }

    /// <summary>
    /// After how many trials a task ends; 0 for none, so that there are as many tasks as workers. Each further task waits for the scheduler's next round (some seconds) and starts a worker, so that one should last minutes.
    /// </summary>
    [Range(0, 1_000_000)]
    public int TrialsPerTask { get; set; }

    /// <summary>Seconds between two questions to Slurm.</summary>
    [Range(0.1, 3600.0)]
    public double Poll { get; set; } = 30;

    /// <summary>Seconds that a cancelled array may take to end.</summary>
    [Range(1.0, 3600.0)]
    public double StopTime { get; set; } = 60;

    /// <summary>Adds an option of sbatch, in place of the launcher's own.</summary>
    /// <param name="name">Its long name, without dashes, such as gres.</param>
    /// <param name="value">Its value; empty for one that has none.</param>
    /// <exception cref="ExperimentException">InvalidSlurmOption: it is none, or belongs to the launcher.</exception>
    public void AddOption(string name, string value)
    {
        string plain = name.TrimStart('-').ToLowerInvariant();
        if (plain.Length < 2 || !plain.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || plain is "array" or "job-name" or "parsable" or "wrap" or "wait" or "output")
            throw new ExperimentException("InvalidSlurmOption", ErrorKind.InvalidArgument, $"'{name}' cannot be set: give long options of sbatch (partition, time, gres, mem, ...); array, job-name, output, parsable, wrap and wait are the launcher's.", name);
        options.Add(new(plain, value));
    }

    /// <inheritdoc/>
    public override WorkerExit Run(SweepLaunch launch, CancellationToken cancellation)
    {
        Directory.CreateDirectory(LogFolder(launch));
        string script = ScriptOf(launch);
        // The worker takes the shell's place, so that Slurm's signals reach it.
        string worker = launch.WorkerScript(launch.Folder.Path, silence: null, TrialsPerTask > 0 ? FormattableString.Invariant($" -MaxTrials {TrialsPerTask}") : "");
        string text = $"#!/bin/sh\nexec {string.Join(' ', launch.Shell!.Command(worker).Select(w => $"'{w.Replace("'", "'\\''", StringComparison.Ordinal)}'"))}\n";
        AtomicFile.Write(script, overwrite: true, s => s.Write(Encoding.UTF8.GetBytes(text)));
        return new SlurmWatch(this, launch, JobName(launch.Folder.Path)).Run(cancellation);
    }

    /// <summary>The name of all jobs of a sweep, by which they are found again after whatever became of the process that submitted them.</summary>
    /// <param name="sweep">Full path of the sweep's folder.</param>
    public static string JobName(string sweep) => "dlx-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(sweep)))).ToLowerInvariant()[..12];

    // A name alone hands the submitter's own value on, as other launchers do; only where there is none the one that suits workers is set.
    internal static string Export => System.Environment.GetEnvironmentVariable(WorkerShell.CallCount.Key) is null
        ? $"{Environment},{WorkerShell.CallCount.Key}={WorkerShell.CallCount.Value}" : $"{Environment},{WorkerShell.CallCount.Key}";

    internal string LogFolder(SweepLaunch launch) => Path.Combine(launch.Folder.Path, "slurm");

    internal IReadOnlyList<string> Arguments(SweepLaunch launch, string jobName, int tasks)
    {
        var own = new List<KeyValuePair<string, string>>
        {
            new("parsable", ""), new("job-name", jobName), new("array", string.Create(CultureInfo.InvariantCulture, $"0-{tasks - 1}%{launch.Workers}")),
            new("output", Path.Combine(LogFolder(launch), "%A_%a.log")), new("open-mode", "append"), new("requeue", ""), new("export", Export),
            new("chdir", launch.Folder.Path), new("cpus-per-task", (launch.Folder.Plan.Threads ?? 1).ToString(CultureInfo.InvariantCulture)),
        };
        if (Partition is not null) own.Add(new("partition", Partition));
        if (Time is not null) own.Add(new("time", Time));
        return [.. own.Where(o => options.All(g => g.Key != o.Key)).Concat(options).Select(o => o.Value.Length > 0 ? $"--{o.Key}={o.Value}" : $"--{o.Key}"), ScriptOf(launch)];
    }

    private string ScriptOf(SweepLaunch launch) => Path.Combine(LogFolder(launch), "worker.sh");
}
