using System.Reflection;
using DLExperiments.Errors;
using DLExperiments.Sweeps.Launchers;

namespace DLExperiments.Commands.Sweeps;

/// <summary>The program that runs this session, to start workers with: pwsh or dlx.</summary>
internal static class ShellProgram
{
    private static readonly string[] Shells = ["pwsh", "dlx"];

    /// <summary>The shell that runs cmdlets of this module in a process of its own.</summary>
    /// <exception cref="ExperimentException">NoShell: this session runs in another program, and there is no pwsh.</exception>
    internal static WorkerShell Open() => Open(isNeeded: true)!;

    /// <summary>As <see cref="Open()"/>, but null when there is none and none is needed.</summary>
    internal static WorkerShell? Open(bool isNeeded) => Find(isNeeded) is not { } program ? null : new(program, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ShellProgram).Assembly.Location)!, "..", "DLExperiments.psd1")));

    private static string[]? Find(bool isNeeded)
    {
        if (Environment.GetEnvironmentVariable("DLEXPERIMENTS_SHELL") is { Length: > 0 } named) return Line(named);
        string own = Environment.ProcessPath ?? "", entry = Assembly.GetEntryAssembly()?.Location ?? "";
        if (IsShell(own)) return [own];
        if (IsShell(entry)) return [own, entry];
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(f => Shells.Select(s => Path.Combine(f, OperatingSystem.IsWindows() ? s + ".exe" : s))).FirstOrDefault(File.Exists);
        return found is not null ? [found] : !isNeeded ? null : throw new ExperimentException("NoShell", ErrorKind.NotInstalled,
            "Worker processes need pwsh or dlx, and neither runs this session nor is on the PATH. Let the environment variable DLEXPERIMENTS_SHELL name one, or use -Launcher Threads.");
    }

    private static string[] Line(string program) => program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [Host(), program] : [program];

    // With its full path: a scheduler's PATH is not the session's.
    private static string Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static bool IsShell(string path) => Shells.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
}
