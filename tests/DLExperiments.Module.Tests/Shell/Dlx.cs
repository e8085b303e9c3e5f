using System.Diagnostics;
using System.Reflection;

namespace DLExperiments.Module.Tests.Shell;

/// <summary>Runs the built <c>dlx</c> as a process of its own, in a folder of its own that is gone afterwards.</summary>
public sealed class Dlx : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Makes the folder, which is also the home folder of the process.</summary>
    public Dlx() => Folder = Directory.CreateTempSubdirectory("dlx-").FullName;

    /// <summary>The folder in which scripts are written and run.</summary>
    public string Folder { get; }

    /// <summary>More environment variables; <see langword="null"/> removes one.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The built program, of the configuration that these tests were built in.</summary>
    public static string Program
    {
        get
        {
            var root = typeof(Dlx).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(root, "src", "DLExperiments.Shell", "bin", framework.Parent!.Name, framework.Name, "dlx.dll");
        }
    }

    /// <summary>Writes a script.</summary>
    public string Script(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs to the end.</summary>
    public DlxResult Run(params string[] arguments) => Run(null, arguments);

    /// <summary>Runs to the end, with text on standard input.</summary>
    public DlxResult Run(string? input, string[] arguments)
    {
        using var process = Start("dotnet", [Program, .. arguments]);
        if (input is not null)
            process.StandardInput.Write(input);
        return Finish(process);
    }

    /// <summary>
    /// Runs, waits until the script has written <c>ready</c>, sends a signal by name, and waits for the end; with an interval
    /// the signal is repeated until then, as an impatient user does.
    /// </summary>
    public DlxResult RunAndSignal(string signal, TimeSpan? repeat, params string[] arguments)
    {
        using var process = Start("dotnet", [Program, .. arguments]);
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        do
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        while (repeat is { } interval && !process.WaitForExit(interval));
        return Finish(process);
    }

    /// <summary>Runs under a pseudo-terminal: each step waits until the output has a text once more, and then types.</summary>
    public DlxResult RunOnTerminal((string Await, string Keys)[] steps, params string[] arguments)
    {
        Environment["TERM"] = "xterm-256color";
        var command = string.Join(' ', new[] { "dotnet", Program }.Concat(arguments).Select(a => $"'{a}'"));
        using var process = Start("script", ["-qec", "stty cols 100 rows 30; " + command, "/dev/null"]);
        var seen = new System.Text.StringBuilder();
        var from = 0;
        var buffer = new char[4096];
        foreach (var (await, keys) in steps)
        {
            int at;
            while ((at = seen.ToString().IndexOf(await, from, StringComparison.Ordinal)) < 0)
            {
                var count = process.StandardOutput.Read(buffer);
                Assert.True(count > 0, $"dlx ended before it showed '{await}': {seen}");
                seen.Append(buffer, 0, count);
            }
            from = at + await.Length;
            process.StandardInput.Write(keys);
            process.StandardInput.Flush();
        }
        var result = Finish(process, closeInput: false);
        return result with { Output = seen.ToString().Replace("\r\n", "\n", StringComparison.Ordinal) + result.Output };
    }

    /// <summary>Whether a pseudo-terminal can be had: the program <c>script</c> of util-linux.</summary>
    public static bool HasTerminal => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        start.Environment["HOME"] = Folder;
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove("XDG_CONFIG_HOME");
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // A pseudo-terminal takes the end of its input for a key of its own, so there it stays open.
    private static DlxResult Finish(Process process, bool closeInput = true)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (closeInput)
            process.StandardInput.Close();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dlx did not end within {Limit}.");
        }
        return new DlxResult(process.ExitCode, Unix(output.Result), Unix(error.Result));
    }

    private static string Unix(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
