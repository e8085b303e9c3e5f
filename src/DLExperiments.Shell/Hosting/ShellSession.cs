using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace DLExperiments.Shell.Hosting;

/// <summary>One opened engine with its host: runs commands one at a time, shows what they write, and can be stopped from another thread.</summary>
public sealed class ShellSession : IDisposable
{
    private readonly Lock gate = new();
    private readonly Stack<PowerShell> running = [];
    private bool stopRequested;

    /// <summary>Opens the engine.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="terminal">The standard streams.</param>
    /// <param name="module">The module whose commands scripts find without an import; or none.</param>
    public ShellSession(ShellOptions options, ShellTerminal terminal, ModulePreparation? module = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(terminal);
        Terminal = terminal;
        // Before the host, which asks for the settings that another thread is reading.
        var state = ShellSessionState.Create();
        Host = new ShellHost(terminal, !options.NonInteractive);
        if (!terminal.UsesColor)
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        if (OperatingSystem.IsWindows() && Enum.TryParse<Microsoft.PowerShell.ExecutionPolicy>(options.ExecutionPolicy, ignoreCase: true, out var policy))
            state.ExecutionPolicy = policy;
        Runspace = RunspaceFactory.CreateRunspace(Host, state);
        Open();
        Runspace.DefaultRunspace = Runspace;
        CommandNotFound.Attach(Runspace, module);
    }

    /// <summary>The standard streams.</summary>
    public ShellTerminal Terminal { get; }

    /// <summary>The host.</summary>
    public ShellHost Host { get; }

    /// <summary>The engine's state.</summary>
    public Runspace Runspace { get; }

    /// <summary>Whether the last command succeeded: <c>$?</c>.</summary>
    public bool LastSucceeded => Runspace.SessionStateProxy.GetVariable("?") is not false;

    /// <summary>Runs a command and shows its output; an error that ends it is shown too.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="input">Objects for the pipeline's start, read on demand; or none.</param>
    /// <param name="addToHistory">Whether <c>Get-History</c> shall list it, and <c>$?</c> tell of it afterwards.</param>
    /// <returns>How it ended.</returns>
    public RunOutcome Run(PSCommand command, IEnumerable<string>? input = null, bool addToHistory = false)
    {
        ArgumentNullException.ThrowIfNull(command);
        // Errors travel with the output to the formatter, which alone knows how to show them and sends them to the error stream.
        command.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        command.AddCommand(new Command("Out-Default", isScript: false, useLocalScope: true));
        try
        {
            Invoke(command, input, new PSInvocationSettings { AddToHistory = addToHistory, Host = Host });
            return stopRequested ? RunOutcome.Stopped : RunOutcome.Completed;
        }
        catch (PipelineStoppedException)
        {
            return RunOutcome.Stopped;
        }
        catch (RuntimeException e)
        {
            if (stopRequested)
                return RunOutcome.Stopped;
            ShowError(e);
            return RunOutcome.Failed;
        }
        finally
        {
            Terminal.ClearProgress();
        }
    }

    /// <summary>Runs a command for its results, showing nothing.</summary>
    /// <param name="command">What to run.</param>
    /// <returns>What it wrote; empty if it failed.</returns>
    public IReadOnlyList<PSObject> Evaluate(PSCommand command)
    {
        try
        {
            return Invoke(command, null, new PSInvocationSettings { Host = Host });
        }
        catch (RuntimeException)
        {
            return [];
        }
    }

    /// <summary>Stops what runs now, so that its <c>finally</c> blocks run; returns at once.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopRequested = true;
            if (running.TryPeek(out var shell))
                shell.BeginStop(null, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();

    private IReadOnlyList<PSObject> Invoke(PSCommand command, IEnumerable<string>? input, PSInvocationSettings settings)
    {
        var nested = running.Count > 0;
        using var shell = nested ? PowerShell.Create(RunspaceMode.CurrentRunspace) : PowerShell.Create(Runspace);
        shell.Commands = command;
        lock (gate)
        {
            if (!nested)
                stopRequested = false;
            running.Push(shell);
        }
        try
        {
            return shell.Invoke(input, settings);
        }
        finally
        {
            lock (gate)
            {
                running.Pop();
            }
        }
    }

    private void Open()
    {
        // The engine would listen on a pipe for a debugger of another process; nothing here uses it, and programs that the script starts may want theirs.
        const string variable = "POWERSHELL_DIAGNOSTICS_OPTOUT";
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "1");
        Runspace.Open();
        Environment.SetEnvironmentVariable(variable, before);
    }

    private void ShowError(RuntimeException error)
    {
        try
        {
            using var shell = PowerShell.Create(RunspaceMode.NewRunspace);
            shell.Runspace = Runspace;
            shell.AddCommand("Out-Default");
            shell.Invoke(new[] { EngineInternals.AsShownError(error.ErrorRecord) }, new PSInvocationSettings { Host = Host });
        }
        catch (RuntimeException)
        {
            Terminal.WriteError(error.Message + Environment.NewLine);
        }
    }
}
