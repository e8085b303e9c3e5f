using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DLExperiments.Benchmarks;

/// <summary>A process that answers requests, one line of JSON each, and stays for all rounds, so that nobody pays its start.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;

    private PeerProcess(Process process) => this.process = process;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What differs from this process's environment; null removes.</param>
    internal static PeerProcess Start(string program, IEnumerable<string> arguments, Dictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment ?? [])
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null) Console.Error.WriteLine(e.Data);
        };
        process.BeginErrorReadLine();
        return new PeerProcess(process);
    }

    /// <summary>Starts this program again.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What differs from this process's environment; null removes.</param>
    internal static PeerProcess StartSelf(IEnumerable<string> arguments, Dictionary<string, string?>? environment = null)
    {
        string program = Environment.ProcessPath!, assembly = typeof(PeerProcess).Assembly.Location;
        return Start(program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? [assembly, .. arguments] : arguments, environment);
    }

    /// <summary>What it says next; null when it has ended.</summary>
    internal JsonNode? Read() => process.StandardOutput.ReadLine() is { } line ? JsonNode.Parse(line) : null;

    internal JsonNode Ask(JsonObject request)
    {
        process.StandardInput.WriteLine(request.ToJsonString());
        process.StandardInput.Flush();
        return Read() ?? throw new InvalidOperationException($"The peer {process.StartInfo.FileName} ended.");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
    }
}
