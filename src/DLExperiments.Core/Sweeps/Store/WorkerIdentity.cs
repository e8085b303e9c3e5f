using System.Diagnostics;
using System.Globalization;

namespace DLExperiments.Sweeps.Store;

/// <summary>A process that works on a sweep, so that another can tell whether it still runs.</summary>
internal sealed record WorkerIdentity(string Host, int ProcessId, long Started)
{
    /// <summary>This process.</summary>
    internal static WorkerIdentity Own { get; } = new(FindHost(), Environment.ProcessId, StartOf(Process.GetCurrentProcess()));

    /// <summary>Whether the process runs; null when it is on another machine and nobody can tell from here.</summary>
    internal bool? IsRunning()
    {
        if (Host != Own.Host) return null;
        if (ProcessId == Own.ProcessId) return Math.Abs(Started - Own.Started) <= 5;
        try
        {
            using Process process = Process.GetProcessById(ProcessId);
            // Numbers of processes are used again; the time of the start tells two apart.
            return !process.HasExited && Math.Abs(StartOf(process) - Started) <= 5;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return true; // it exists, and belongs to somebody else
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host.Split('/')[0]}:{ProcessId}");

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    // Containers may share a name, and copies of a virtual machine; their processes are numbered apart.
    private static string FindHost()
    {
        const string space = "/proc/self/ns/pid", boot = "/proc/sys/kernel/random/boot_id";
        return Environment.MachineName + (File.Exists(space) ? "/" + new FileInfo(space).LinkTarget : "") + (File.Exists(boot) ? "/" + File.ReadAllText(boot).Trim() : "");
    }
}
