using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DLExperiments.Module.Tests.Pester.Commands;
using DLExperiments.Shell.Hosting;

namespace DLExperiments.Module.Tests.Pester.Engines;

/// <summary>
/// Runs files in this process, each in a runspace of its own. What a file changes in the process (environment variables, the current
/// folder) is put back after it. A file that does not end in time is stopped; its runspace is given up when even that does not help.
/// </summary>
internal sealed class EmbeddedEngine(string repositoryRoot, TimeSpan timeout) : ITestEngine
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    public string Description => $"the embedded engine (PowerShell {typeof(PSObject).Assembly.GetName().Version})";

    public FileReport Discover(string file) => Execute(file, discoveryOnly: true);

    public FileReport Run(string file) => Execute(file, discoveryOnly: false);

    /// <summary>The commands and aliases that test files find, before those of Pester are added.</summary>
    private static InitialSessionState NewSessionState() => ShellSessionState.Create();

    private FileReport Execute(string file, bool discoveryOnly)
    {
        var run = new PesterRun(file);
        var environment = Environment.GetEnvironmentVariables();
        var folder = Environment.CurrentDirectory;
        try
        {
            return Execute(run, discoveryOnly);
        }
        finally
        {
            Restore(environment);
            Environment.CurrentDirectory = folder;
        }
    }

    private FileReport Execute(PesterRun run, bool discoveryOnly)
    {
        var state = NewSessionState();
        PesterCommands.AddTo(state);
        var runspace = RunspaceFactory.CreateRunspace(new CaptureHost(run), state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        run.Attach(runspace);
        PutModulesFirst();
        runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(repositoryRoot));

        var shell = PowerShell.Create(runspace);
        // The engine shows warnings and information to the host itself, but errors only to whoever runs the pipeline.
        shell.Streams.Error.DataAdded += (_, e) => run.Write($"ERROR: {shell.Streams.Error[e.Index]}\n");
        shell.AddScript("param($______phases) $______phases.Execute($ExecutionContext)", useLocalScope: true)
            .AddArgument(new RunPhases(run, discoveryOnly));
        var invocation = shell.BeginInvoke();
        var ended = invocation.AsyncWaitHandle.WaitOne(timeout);
        if (ended)
        {
            try
            {
                shell.EndInvoke(invocation);
            }
            catch (Exception exception) when (exception is RuntimeException or PipelineStoppedException)
            {
                run.Error ??= $"The run ended early: {exception.Message}";
            }
        }
        var report = new FileReport(
            [.. run.Root.Tests.Select(test => new DiscoveredTest(test.Index, test.ExpandedPath))],
            ended ? [.. run.Results] : [.. run.Results, .. Unfinished(run)],
            run.Error ?? (ended || run.Phase == RunPhase.Run ? null : $"Discovery did not end within {timeout.TotalSeconds:0} s and was stopped."));

        if (ended || shell.BeginStop(null, null).AsyncWaitHandle.WaitOne(StopPatience))
        {
            PesterRun.Detach(runspace);
            shell.Dispose();
            runspace.Dispose();
        }
        return report;
    }

    private IEnumerable<TestResult> Unfinished(PesterRun run)
    {
        var done = run.Results.Select(result => result.Index).ToHashSet();
        var hung = run.CurrentTest;
        foreach (var test in run.Root.Tests.Where(test => !done.Contains(test.Index)))
        {
            var message = test == hung ? $"The test '{test.ExpandedPath}' did not end: the file was stopped after {timeout.TotalSeconds:0} s."
                : hung is not null ? $"Not run: the file was stopped after {timeout.TotalSeconds:0} s because '{hung.ExpandedPath}' did not end."
                : $"Not run: the file was stopped after {timeout.TotalSeconds:0} s in a set-up or tear-down.";
            yield return new TestResult(test.Index, test.ExpandedPath, TestOutcome.Failed, message, "", test == hung ? timeout.TotalSeconds : 0,
                test == hung ? run.TakeOutput() : "");
        }
    }

    private void PutModulesFirst()
    {
        var path = Environment.GetEnvironmentVariable("PSModulePath") ?? "";
        var folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(Path.Combine(repositoryRoot, "module")).Distinct();
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, folders));
    }

    private static void Restore(IDictionary before)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
            if (!before.Contains(name)) Environment.SetEnvironmentVariable(name, null);
        foreach (DictionaryEntry variable in before)
            Environment.SetEnvironmentVariable((string)variable.Key, (string?)variable.Value);
    }
}
