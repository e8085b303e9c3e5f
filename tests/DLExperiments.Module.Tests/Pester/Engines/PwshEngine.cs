using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DLExperiments.Module.Tests.Pester.Engines;

/// <summary>
/// Runs files in a real pwsh with Pester 5: one process for all files, which reads one request a line and answers in a file, so that
/// nothing that a test prints can be taken for an answer. A file that does not end in time ends the process; the next file gets a new one.
/// </summary>
internal sealed partial class PwshEngine : ITestEngine, IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };
    private readonly string _pwsh;
    private readonly string _repositoryRoot;
    private readonly TimeSpan _timeout;
    private readonly string _folder = Directory.CreateTempSubdirectory("dlx-pester-").FullName;
    private Process? _process;
    private int _request;
    private int _finishedTests;

    private PwshEngine(string pwsh, string repositoryRoot, TimeSpan timeout)
    {
        _pwsh = pwsh;
        _repositoryRoot = repositoryRoot;
        _timeout = timeout;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public string Description { get; private set; } = "";

    /// <summary>Starts pwsh (of DLX_TEST_PWSH, or on the PATH) if it is 7.4 or later and has Pester 5; else gives null and the reason.</summary>
    public static PwshEngine? TryCreate(string repositoryRoot, TimeSpan timeout, out string reason)
    {
        if (Find() is not { } pwsh)
        {
            reason = "there is no pwsh on the PATH.";
            return null;
        }
        var engine = new PwshEngine(pwsh, repositoryRoot, timeout);
        var answer = engine.Send("about", "", StartPatience);
        reason = answer is null ? $"{pwsh} did not start." : answer.Error ?? "";
        if (answer is { Error: null })
        {
            engine.Description = answer.Description!;
            return engine;
        }
        engine.Dispose();
        return null;
    }

    public FileReport Discover(string file)
    {
        var answer = Ask("discover", file);
        return answer is null
            ? FileReport.Broken($"Discovery of {file} did not end within {_timeout.TotalSeconds:0} s, or ended pwsh.")
            : new FileReport([.. answer.Tests.Select(test => new DiscoveredTest(test.Index, test.Path))], [], answer.Error);
    }

    public FileReport Run(string file)
    {
        if (Ask("run", file) is { } answer) return new FileReport([], answer.Tests, answer.Error);
        var finished = Volatile.Read(ref _finishedTests);
        var running = Discover(file).Tests.FirstOrDefault(test => test.Index == finished)?.Path ?? "a set-up or tear-down";
        return FileReport.Broken($"pwsh ended, or was stopped after {_timeout.TotalSeconds:0} s, while '{running}' ran: the file has no results.");
    }

    public void Dispose()
    {
        Stop();
        try
        {
            Directory.Delete(_folder, true);
        }
        catch (IOException)
        {
            // Already gone, or held by a process that is just ending; a temporary folder either way.
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DLX_TEST_PWSH") is { Length: > 0 } asked) return asked;
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Asks for a file; a new process is first made ready, which does not count as time of the file.</summary>
    private Answer? Ask(string command, string file) =>
        _process is { HasExited: false } || Send("about", "", StartPatience) is not null ? Send(command, file, _timeout) : null;

    private Answer? Send(string command, string file, TimeSpan patience)
    {
        var output = Path.Combine(_folder, $"answer-{_request++}.json");
        Volatile.Write(ref _finishedTests, 0);
        try
        {
            var process = _process is { HasExited: false } ? _process : Start();
            process.StandardInput.WriteLine(JsonSerializer.Serialize(new { command, file, output, root = _repositoryRoot }));
            process.StandardInput.Flush();
            var watch = Stopwatch.StartNew();
            while (!File.Exists(output))
            {
                if (watch.Elapsed < patience && !process.WaitForExit(20)) continue;
                if (File.Exists(output)) break;
                Stop();
                return null;
            }
            return JsonSerializer.Deserialize<Answer>(File.ReadAllText(output), Json);
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
        {
            Stop();
            return null;
        }
    }

    private Process Start()
    {
        var script = Path.Combine(_folder, "worker.ps1");
        using (var source = Assembly.GetExecutingAssembly().GetManifestResourceStream("PesterWorker.ps1")!)
        using (var target = File.Create(script))
            source.CopyTo(target);
        var start = new ProcessStartInfo(_pwsh, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _repositoryRoot,
        };
        start.Environment["NO_COLOR"] = "1";
        _process = Process.Start(start)!;
        // The worker puts what tests write to the host into its answer; here only the finished tests are counted.
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { } line && FinishedTest().IsMatch(line)) Interlocked.Increment(ref _finishedTests);
        };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return _process;
    }

    private void Stop()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _process = null;
    }

    [GeneratedRegex(@"^\s*\[[-+!?]\] ")]
    private static partial Regex FinishedTest();

    private sealed record Answer(string? Error, string? Description, TestResult[] Tests);
}
