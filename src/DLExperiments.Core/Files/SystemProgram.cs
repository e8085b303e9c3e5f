using System.ComponentModel;
using System.Diagnostics;
using DLExperiments.Errors;

namespace DLExperiments.Files;

/// <summary>Runs a program of the system and reads what it says.</summary>
internal static class SystemProgram
{
    // A program that waits for a service which does not answer is not waited for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Whether a program is on the PATH.</summary>
    internal static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(f => f.Length > 0)
        .Any(f => File.Exists(Path.Combine(f, OperatingSystem.IsWindows() ? name + ".exe" : name)));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="name">Its name, looked for on the PATH.</param>
    /// <param name="input">What it reads; nothing when null.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, 124 when it was ended because it took longer than <see cref="Patience"/>, and what it wrote.</returns>
    /// <exception cref="ExperimentException">ProgramNotFound: there is no such program.</exception>
    internal static (int Exit, string Output, string Error) Run(string name, string? input, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(name) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading; its exit code says why.
            }
            bool ended = process.WaitForExit(Patience);
            if (!ended) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (ended ? process.ExitCode : 124, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception e)
        {
            throw new ExperimentException("ProgramNotFound", ErrorKind.NotInstalled, $"The program '{name}' cannot be started: {e.Message}. Is it installed, and on the PATH?", name, e);
        }
    }

    /// <summary>As <see cref="Run"/>, and takes an exit code other than 0 for an error.</summary>
    /// <exception cref="ExperimentException">ProgramFailed, ProgramNotFound.</exception>
    internal static string Require(string name, string? input, params IReadOnlyList<string> arguments)
    {
        (int exit, string output, string error) = Run(name, input, arguments);
        return exit == 0 ? output : throw new ExperimentException("ProgramFailed", ErrorKind.InvalidOperation, $"{name} {string.Join(' ', arguments)} ended with {exit}: {error}", name);
    }
}
