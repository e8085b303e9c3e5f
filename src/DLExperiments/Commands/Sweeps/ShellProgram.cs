using System.Reflection;
using DLExperiments.Errors;

namespace DLExperiments.Commands.Sweeps;

/// <summary>The program that runs this session, to start workers with: pwsh or dlx.</summary>
internal static class ShellProgram
{
    private static readonly string[] Shells = ["pwsh", "dlx"];

    /// <summary>The program and arguments that run a worker of a sweep.</summary>
    /// <param name="sweep">Full path of the sweep's folder.</param>
    /// <param name="options">More parameters of Invoke-Trial, as text.</param>
    /// <exception cref="ExperimentException">NoShell: this session runs in another program, and there is no pwsh.</exception>
    internal static IReadOnlyList<string> WorkerCommand(string sweep, string options = "") => Command($"Invoke-Trial -Path {Quote(sweep)} -ExitCode{options}");

    /// <summary>The program and arguments that run a command of this module in a session of its own and end with the exit code that it writes; with 2 when it cannot be run.</summary>
    /// <param name="script">The command.</param>
    /// <exception cref="ExperimentException">NoShell: this session runs in another program, and there is no pwsh.</exception>
    internal static IReadOnlyList<string> Command(string script)
    {
        string module = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(ShellProgram).Assembly.Location)!, "..", "DLExperiments.psd1"));
        return [.. Find(), "-NoProfile", "-NonInteractive", "-Command", $"try {{ Import-Module {Quote(module)} -ErrorAction Stop; $code = {script} }} catch {{ [Console]::Error.WriteLine($_); $code = 2 }}; exit $code"];
    }

    /// <summary>A text as a literal of PowerShell.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "''")}'";

    private static string[] Find()
    {
        if (Environment.GetEnvironmentVariable("DLEXPERIMENTS_SHELL") is { Length: > 0 } named) return Line(named);
        string own = Environment.ProcessPath ?? "", entry = Assembly.GetEntryAssembly()?.Location ?? "";
        if (IsShell(own)) return [own];
        if (IsShell(entry)) return [own, entry];
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(f => Shells.Select(s => Path.Combine(f, OperatingSystem.IsWindows() ? s + ".exe" : s))).FirstOrDefault(File.Exists);
        return found is not null ? [found] : throw new ExperimentException("NoShell", ErrorKind.NotInstalled,
            "Worker processes need pwsh or dlx, and neither runs this session nor is on the PATH. Let the environment variable DLEXPERIMENTS_SHELL name one, or use -Launcher Threads.");
    }

    private static string[] Line(string program) => program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [Host(), program] : [program];

    // With its full path: a scheduler's PATH is not the session's.
    private static string Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static bool IsShell(string path) => Shells.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
}
