using System.Diagnostics;
using System.Reflection;

namespace DLExperiments.Module.Tests.Loading;

/// <summary>Runs a script in a <c>dlx</c> of its own: what an import does to a process shows only in a fresh one.</summary>
internal static class ShellProcess
{
    /// <summary>The module as it is built.</summary>
    public static string ModuleFolder { get; } = Path.Combine(Metadata("RepositoryRoot"), "module", "DLExperiments");

    /// <summary>Where the build leaves the shell.</summary>
    public static string ShellFolder { get; } = Path.Combine(Metadata("RepositoryRoot"), "src", "DLExperiments.Shell", "bin", Metadata("Configuration"), "net10.0");

    /// <summary>NuGet's package cache.</summary>
    public static string PackageFolder => Metadata("PackageFolder");

    /// <summary>Runs the script and gives the lines of its output.</summary>
    /// <param name="script">PowerShell; an uncaught error fails the test.</param>
    /// <param name="environment">Name and value of a variable to set, or null.</param>
    public static string[] Run(string script, (string Name, string Value)? environment = null)
    {
        (int exitCode, string output, string error) = TryRun(script, environment);
        Assert.True(exitCode == 0 && error.Length == 0, $"exit code {exitCode}\n{error}\n{output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Runs the script, whatever comes of it.</summary>
    public static (int ExitCode, string Output, string Error) TryRun(string script, (string Name, string Value)? environment = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dlx-script-");
        try
        {
            string file = Path.Combine(folder.FullName, "script.ps1");
            File.WriteAllText(file, "$ErrorActionPreference = 'Stop'\n" + script);
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(ShellFolder, "dlx.dll"));
            start.ArgumentList.Add(file);
            start.Environment["NO_COLOR"] = "1";
            if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Metadata(string key) => typeof(ShellProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
