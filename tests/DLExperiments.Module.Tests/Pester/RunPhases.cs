using System.Collections;
using System.Diagnostics;
using System.Management.Automation;

namespace DLExperiments.Module.Tests.Pester;

/// <summary>The two phases of a file: discovery collects blocks and tests, run executes them. Public because a script starts it.</summary>
public sealed class RunPhases
{
    private readonly PesterRun _run;
    private readonly bool _discoveryOnly;
    private ScriptScopes _scopes = null!;
    private TestDrive _drive = null!;

    internal RunPhases(PesterRun run, bool discoveryOnly)
    {
        _run = run;
        _discoveryOnly = discoveryOnly;
    }

    /// <summary>Runs the phases on the thread of the pipeline.</summary>
    /// <param name="engine">$ExecutionContext.</param>
    public void Execute(EngineIntrinsics engine)
    {
        _scopes = new ScriptScopes(engine);
        _run.Phase = RunPhase.Discovery;
        ErrorRecord? error = null;
        _scopes.InNewScope(() => error = _scopes.DotSource(ScriptBlock.Create("param($______file) $null = & $______file"), new Hashtable { ["______file"] = _run.File }));
        if (error is not null)
            _run.Error = $"Discovery failed: {ErrorText.Message(error)}\n{ErrorText.Location(error)}".TrimEnd();
        else if (_run.TestCount == 0)
            _run.Error = "The file has no test: no It was found in it.";
        if (_run.Error is not null || _discoveryOnly) return;

        _run.Phase = RunPhase.Run;
        using var drive = _drive = new TestDrive(engine.SessionState);
        _scopes.InNewScope(() => RunBlock(_run.Root));
    }

    private void RunBlock(TestBlock block)
    {
        if (block.Tests.All(test => test.IsSkipped))
        {
            foreach (var test in block.Tests) Report(test, TestOutcome.Skipped, "is skipped", "", 0);
            return;
        }
        var snapshot = _drive.Snapshot();
        _scopes.SetVariables(block);
        var error = block.BeforeAll is null ? null : _scopes.DotSource(block.BeforeAll, block.Arguments());
        if (error is null && !block.IsRoot) error = _scopes.Expand(block, dataOnly: false);
        if (error is not null)
        {
            foreach (var test in block.Tests) ReportBlockFailure(test, block, error);
        }
        else
        {
            foreach (var item in block.Items)
            {
                if (item is TestBlock inner) _scopes.InNewScope(() => RunBlock(inner));
                else RunTest((TestCase)item);
            }
        }
        if (block.AfterAll is not null && _scopes.DotSource(block.AfterAll, block.Arguments()) is { } late) ReportAfterAll(block, late);
        _drive.Restore(snapshot);
    }

    private void RunTest(TestCase test)
    {
        if (test.IsSkipped)
        {
            Report(test, TestOutcome.Skipped, "is skipped", "", 0);
            return;
        }
        _run.CurrentTest = test;
        _run.SoftFailures.Clear();
        var errors = new List<ErrorRecord>();
        var watch = Stopwatch.StartNew();
        _scopes.InNewScope(() =>
        {
            _scopes.SetVariables(test);
            var blocks = new List<TestBlock>();
            for (var block = test.Parent; block is not null; block = block.Parent) blocks.Add(block);
            var arguments = test.Arguments();
            var error = blocks.AsEnumerable().Reverse().Select(b => b.BeforeEach).OfType<ScriptBlock>()
                .Select(body => _scopes.DotSource(body, arguments)).FirstOrDefault(e => e is not null);
            error ??= _scopes.Expand(test, dataOnly: false) ?? _scopes.DotSource(test.Body!, arguments);
            errors.AddRange(_run.SoftFailures);
            if (error is not null) errors.Add(error);
            foreach (var body in blocks.Select(b => b.AfterEach).OfType<ScriptBlock>())
                if (_scopes.DotSource(body, arguments) is { } late) errors.Add(late);
        });
        var seconds = watch.Elapsed.TotalSeconds;
        _run.CurrentTest = null;
        // Pester counts a test that called Set-ItResult as skipped even if its clean-up failed; a failure that was noted before it stays one.
        if (errors.Count > 0 && ErrorText.IsSkip(errors[0]))
            Report(test, TestOutcome.Skipped, errors[0].Exception.Message, "", seconds);
        else if (errors.Count == 0)
            Report(test, TestOutcome.Passed, "", "", seconds);
        else
            Report(test, TestOutcome.Failed, string.Join("\n", errors.Select(ErrorText.Message)), string.Join("\n", errors.Select(ErrorText.Location)), seconds);
    }

    // Skipped tests too: that is what Pester does.
    private void ReportBlockFailure(TestCase test, TestBlock block, ErrorRecord error) =>
        Report(test, TestOutcome.Failed, $"BeforeAll of '{block.ExpandedPath}' failed: {ErrorText.Message(error)}", ErrorText.Location(error), 0);

    // A clean-up that fails has no test of its own: the last test of its block that passed takes the blame, so that the run fails.
    private void ReportAfterAll(TestBlock block, ErrorRecord error)
    {
        var indices = block.Tests.Where(test => !test.IsSkipped).Select(test => test.Index).ToHashSet();
        var last = _run.Results.Where(result => indices.Contains(result.Index)).MaxBy(result => result.Index);
        if (last is null) return;
        var message = $"AfterAll of '{block.ExpandedPath}' failed: {ErrorText.Message(error)}";
        _run.Results.Enqueue(last with
        {
            Outcome = TestOutcome.Failed,
            Message = last.Outcome == TestOutcome.Failed ? $"{last.Message}\n{message}" : message,
            Location = $"{last.Location}\n{ErrorText.Location(error)}".Trim(),
        });
    }

    private void Report(TestCase test, TestOutcome outcome, string message, string location, double seconds) =>
        _run.Results.Enqueue(new TestResult(test.Index, test.ExpandedPath, outcome, message, location, seconds, _run.TakeOutput()));
}
