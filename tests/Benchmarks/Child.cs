using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DLExperiments.Benchmarks;

/// <summary>Whole processes, from start to exit.</summary>
internal static class Child
{
    internal static string Root { get; } = typeof(Child).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The embedded shell, as its build leaves it.</summary>
    internal static string Dlx => Path.Combine(Root, "src", "DLExperiments.Shell", "bin", "Release", "net10.0", "dlx");

    /// <summary>Runs a program and measures it; null when it is not there or fails. What it prints is dropped.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static Timing? Time(string program, IEnumerable<string> arguments)
    {
        if (!File.Exists(program) || !File.Exists("/bin/bash")) return null;
        // The shell's clock counts the CPU time of the finished process and of its children.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "TIMEFORMAT='%R %U %S'; { time \"$@\" > /dev/null 2>&1 < /dev/null; } 2>&1", "time", program, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] seconds = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        if (process.ExitCode != 0) return null;
        double[] numbers = [.. seconds.Select(s => double.Parse(s, CultureInfo.InvariantCulture))];
        return new Timing(numbers[0] * 1e6, (numbers[1] + numbers[2]) * 1e6, 0, null);
    }
}
