using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace DLExperiments.Module.Tests.Pester;

internal enum RunPhase
{
    Discovery,
    Run,
}

/// <summary>The state of one file in one runspace, found by the commands (Describe, It, Should, ...) through the runspace.</summary>
internal sealed class PesterRun
{
    private static readonly ConcurrentDictionary<Guid, PesterRun> Runs = new();
    private readonly StringBuilder _output = new();

    public PesterRun(string file)
    {
        File = file;
        Root = new TestBlock(Path.GetFileName(file), null, null);
        CurrentBlock = Root;
    }

    public string File { get; }

    public TestBlock Root { get; }

    public RunPhase Phase { get; set; }

    public TestBlock CurrentBlock { get; set; }

    public volatile TestCase? CurrentTest;

    /// <summary>Failures of Should -ErrorAction Continue in the test that runs now.</summary>
    public List<ErrorRecord> SoftFailures { get; } = [];

    public int TestCount { get; set; }

    public string? Error { get; set; }

    public ConcurrentQueue<TestResult> Results { get; } = new();

    public static PesterRun Current =>
        Runspace.DefaultRunspace is { } runspace && Runs.TryGetValue(runspace.InstanceId, out var run)
            ? run
            : throw new InvalidOperationException("The Pester commands work only in a *.Tests.ps1 file that the test runner has started.");

    public void Attach(Runspace runspace) => Runs[runspace.InstanceId] = this;

    public static void Detach(Runspace runspace) => Runs.TryRemove(runspace.InstanceId, out _);

    public void Write(string text)
    {
        lock (_output) _output.Append(text);
    }

    public string TakeOutput()
    {
        lock (_output)
        {
            var text = _output.ToString();
            _output.Clear();
            return text;
        }
    }
}
