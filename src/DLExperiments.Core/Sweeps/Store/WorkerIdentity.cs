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

    // Seconds. On Linux since the boot, which the identity names too: each process reckons the time of day of a start anew from the clock, so that a clock that was
    // put right in between would make a living owner look like another process.
    private static long StartOf(Process process)
    {
        string stat = $"/proc/{process.Id}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(stat)) return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
        string text;
        try
        {
            text = File.ReadAllText(stat);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException("The process has ended.", e);
        }
        // proc(5): the name stands in brackets and may hold any character; the start is field 22, in hundredths of a second.
        return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture) / 100;
    }

    // Containers may share a name, and copies of a virtual machine; their processes are numbered apart.
    private static string FindHost()
    {
        const string space = "/proc/self/ns/pid", boot = "/proc/sys/kernel/random/boot_id";
        return Environment.MachineName + (File.Exists(space) ? "/" + new FileInfo(space).LinkTarget : "") + (File.Exists(boot) ? "/" + File.ReadAllText(boot).Trim() : "");
    }
}
