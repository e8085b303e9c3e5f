using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DLExperiments.Benchmarks;

/// <summary>A Python process that stays for all rounds, so that neither side pays its start.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process process;

    private PythonPeer(Process process, JsonNode hello)
    {
        this.process = process;
        Version = hello["version"]!.GetValue<string>();
        Blas = hello["blas"]?.GetValue<string>() ?? "unknown";
    }

    internal string Version { get; }

    /// <summary>The library that multiplies its matrices.</summary>
    internal string Blas { get; }

    /// <summary>Starts a script; null when there is no Python that can run it.</summary>
    internal static PythonPeer? Start(string script)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "py", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        // A forced core type would keep OpenBLAS from its fastest kernels.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        if (!File.Exists(start.FileName)) return null;
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string? hello = process.StandardOutput.ReadLine();
        return hello is null ? null : new PythonPeer(process, JsonNode.Parse(hello)!);
    }

    internal JsonNode Ask(JsonObject request)
    {
        process.StandardInput.WriteLine(request.ToJsonString());
        process.StandardInput.Flush();
        return JsonNode.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Python peer ended."))!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
    }
}
