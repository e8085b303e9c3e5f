using System.Globalization;
using System.Text.RegularExpressions;
using DLExperiments.Errors;
using DLExperiments.Files;

namespace DLExperiments.Sweeps.Launchers.Slurm;

/// <summary>
/// What is asked of Slurm: to take an array, to tell which of its tasks live, to end it. Only the controller is asked (sbatch, squeue, scontrol, scancel), so that no accounting is needed; and
/// a controller that does not answer for a while is an answer too.
/// </summary>
internal sealed partial class SlurmCluster
{
    // Of all states those after which a task does not run any more; a task that was preempted or requeued is PENDING again.
    private static readonly HashSet<string> Over = ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "OUT_OF_MEMORY", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE", "REVOKED"];

    /// <summary>A task as squeue tells it.</summary>
    /// <param name="Array">The array's job id.</param>
    /// <param name="State">Its state.</param>
    /// <param name="Reason">Why it waits.</param>
    internal sealed record Task(string Array, string State, string Reason)
    {
        /// <summary>Whether it runs, or will.</summary>
        internal bool Lives => !Over.Contains(State);
    }

    /// <summary>The tasks with a job name, those that ended some minutes ago among them; null when the controller does not answer.</summary>
    /// <exception cref="ExperimentException">SlurmFailed: squeue refuses.</exception>
    internal static IReadOnlyList<Task>? Find(string jobName)
    {
        (int exit, string output, string error) = Ask("squeue", "--noheader", "--array", "--states=all", $"--name={jobName}", "--format=%F|%T|%r");
        if (exit != 0) return IsSilent(exit, error) ? null : throw Failed("squeue", exit, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|')).Where(p => p.Length == 3).Select(p => new Task(p[0].Trim(), p[1].Trim(), p[2].Trim()))];
    }

    /// <summary>How many tasks an array may have; null when the controller does not answer.</summary>
    internal static int? LargestArray()
    {
        (int exit, string output, string error) = Ask("scontrol", "show", "config");
        if (exit != 0) return IsSilent(exit, error) ? null : throw Failed("scontrol", exit, error);
        // Indices are below MaxArraySize; 0 is for a cluster without arrays.
        return ArraySize().Match(output) is { Success: true } size ? Math.Max(1, int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture)) : 1;
    }

    /// <summary>Submits an array.</summary>
    /// <returns>Its job id; null when the controller does not answer, and then it may have taken the array all the same.</returns>
    /// <exception cref="ExperimentException">SlurmFailed: it refuses.</exception>
    internal static string? Submit(IReadOnlyList<string> arguments)
    {
        (int exit, string output, string error) = Ask("sbatch", [.. arguments]);
        if (exit == 0 && JobId().Match(output.Trim()) is { Success: true } id) return id.Groups[1].Value;
        return IsSilent(exit, error) ? null : throw Failed("sbatch", exit, error.Length > 0 ? error : output);
    }

    /// <summary>Cancels all tasks with a job name, or only those that wait. False when the controller does not answer.</summary>
    internal static bool Cancel(string jobName, bool waitingOnly)
    {
        (int exit, _, string error) = Ask("scancel", waitingOnly ? ["--state=PENDING", $"--name={jobName}"] : [$"--name={jobName}"]);
        return exit == 0 || !IsSilent(exit, error);
    }

    /// <summary>Whether a task of an array ended with an exit code, as far as the controller still knows.</summary>
    internal static bool EndedWith(string array, WorkerExit code)
    {
        (int exit, string output, _) = Ask("scontrol", "--oneliner", "show", "job", array);
        return exit == 0 && output.Contains(string.Create(CultureInfo.InvariantCulture, $" ExitCode={(int)code}:0 "), StringComparison.Ordinal);
    }

    private static (int Exit, string Output, string Error) Ask(string program, params string[] arguments)
    {
        try
        {
            return SystemProgram.Run(program, null, arguments);
        }
        catch (ExperimentException e) when (e.ErrorId == "ProgramNotFound")
        {
            throw new ExperimentException("SlurmNotFound", ErrorKind.NotInstalled, $"Slurm's program '{program}' is not on the PATH. Run the sweep on a login node of the cluster, or choose another -Launcher.", program, e);
        }
    }

    private static bool IsSilent(int exit, string error) => exit == 124 || Silence().IsMatch(error);

    private static ExperimentException Failed(string program, int exit, string error) =>
        new("SlurmFailed", ErrorKind.InvalidOperation, $"{program} ended with {exit}: {error.ReplaceLineEndings(" ").Trim()}", program);

    [GeneratedRegex("contact slurm controller|timed out|Connection refused|connect failure|Slurm backup controller|temporarily unavailable|Zero Bytes were transmitted", RegexOptions.IgnoreCase)]
    private static partial Regex Silence();

    [GeneratedRegex(@"^(\d+)(;.*)?$")]
    private static partial Regex JobId();

    [GeneratedRegex(@"MaxArraySize\s*=\s*(\d+)")]
    private static partial Regex ArraySize();
}
