using System.Globalization;
using System.Text.Json.Nodes;

namespace DLExperiments.Benchmarks;

/// <summary>A Python process that stays for all rounds, so that neither side pays its start.</summary>
internal sealed class PythonPeer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly PeerProcess process;

    private PythonPeer(PeerProcess process, JsonNode hello)
    {
        this.process = process;
        Version = hello["version"]!.GetValue<string>();
        Blas = hello["blas"]?.GetValue<string>() ?? "unknown";
    }

    internal string Version { get; }

    /// <summary>The library that multiplies its matrices.</summary>
    internal string Blas { get; }

    /// <summary>Starts a script; null when there is no Python that can run it.</summary>
    /// <param name="script">Its file's name.</param>
    /// <param name="threads">How many threads its libraries get.</param>
    internal static PythonPeer? Start(string script, int threads = 1)
    {
        if (!File.Exists(Python)) return null;
        string count = threads.ToString(CultureInfo.InvariantCulture);
        // A forced core type would keep OpenBLAS from its fastest kernels.
        PeerProcess process = PeerProcess.Start(Python, [Path.Combine(AppContext.BaseDirectory, "py", script)],
            new() { ["OMP_NUM_THREADS"] = count, ["OPENBLAS_NUM_THREADS"] = count, ["OPENBLAS_CORETYPE"] = null });
        return process.Read() is { } hello ? new PythonPeer(process, hello) : null;
    }

    internal JsonNode Ask(JsonObject request) => process.Ask(request);

    public void Dispose() => process.Dispose();
}
