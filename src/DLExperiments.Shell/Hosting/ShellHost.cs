using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace DLExperiments.Shell.Hosting;

/// <summary>The program as the engine sees it.</summary>
public sealed class ShellHost : PSHost
{
    private readonly ShellTerminal terminal;

    /// <summary>Creates the host.</summary>
    /// <param name="terminal">The standard streams.</param>
    /// <param name="interactive">Whether questions may be asked.</param>
    public ShellHost(ShellTerminal terminal, bool interactive)
    {
        this.terminal = terminal;
        UI = new ShellHostUserInterface(terminal, () => interactive, () => Interrupt?.Invoke());
    }

    /// <summary>The version of this program.</summary>
    public static Version ShellVersion { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override string Name => "dlx";

    /// <inheritdoc/>
    public override Version Version => ShellVersion;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>The code of an <c>exit</c> that was run; <see langword="null"/> while none was.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <summary>Runs a prompt inside a command that is suspended; set by the interactive prompt, which alone can do that.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>Does what SIGINT does; called when Ctrl+C answers a question.</summary>
    public Action? Interrupt { get; set; }

    /// <summary>Whether the nested prompt shall end.</summary>
    public bool LeaveNested { get; set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExitCode ??= exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is null)
            throw new PSInvalidOperationException("A nested prompt needs the interactive prompt of dlx; a script or command line has none.");
        NestedPrompt();
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => LeaveNested = true;

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => terminal.ClearProgress();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // A program that was run may have left the cursor anywhere; nothing to restore, since every prompt starts a line of its own.
    }
}
