using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DLExperiments.Shell.Hosting;

/// <summary>Starts the installed PowerShell in place of this shell, with the module on its path.</summary>
public static class PwshHandOver
{
    /// <summary>Runs <c>pwsh</c> to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="writeError">Takes the message if there is none.</param>
    /// <returns>Its exit code, or <see cref="ExitCode.NotInstalled"/>.</returns>
    public static int Run(IEnumerable<string> arguments, Action<string> writeError)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(writeError);
        if (FindOnPath() is not { } program)
        {
            writeError("dlx -Pwsh: there is no pwsh on the PATH. Install PowerShell 7.4 or later, or leave -Pwsh out to use the embedded shell." + Environment.NewLine);
            return ExitCode.NotInstalled;
        }
        var start = new ProcessStartInfo(program) { UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (ModuleRoot.Find() is { } root)
        {
            var known = start.Environment.TryGetValue("PSModulePath", out var path) ? path : null;
            start.Environment["PSModulePath"] = string.IsNullOrEmpty(known) ? root : root + Path.PathSeparator + known;
        }
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        // Ctrl+C reaches the child from the terminal; what is sent to this process alone is passed on.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            if (OperatingSystem.IsWindows())
                child.Kill();
            else
                _ = Kill(child.Id, 15);
        });
        child.WaitForExit();
        return child.ExitCode;
    }

    private static string? FindOnPath()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
