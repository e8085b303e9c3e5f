using System.Management.Automation;
using System.Management.Automation.Host;

namespace DLExperiments.Shell.Hosting;

/// <summary>The streams as the user sees them: results and messages on standard output, errors on standard error, as <c>pwsh</c> does it.</summary>
public sealed partial class ShellHostUserInterface : PSHostUserInterface
{
    private const string Reset = "\e[0m";
    private readonly ShellTerminal terminal;
    private readonly Func<bool> interactive;
    private readonly Action interrupt;

    /// <summary>Creates the user interface.</summary>
    /// <param name="terminal">The standard streams.</param>
    /// <param name="interactive">Whether questions may be asked now.</param>
    /// <param name="interrupt">Does what SIGINT does: called when Ctrl+C answers a question.</param>
    public ShellHostUserInterface(ShellTerminal terminal, Func<bool> interactive, Action interrupt)
    {
        this.terminal = terminal;
        this.interactive = interactive;
        this.interrupt = interrupt;
        RawUI = new ShellRawUserInterface(terminal);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => terminal.UsesColor;

    /// <inheritdoc/>
    public override void Write(string value) => terminal.Write(value ?? "");

    /// <inheritdoc/>
    public override void WriteLine(string value) => terminal.Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine() => terminal.Write(Environment.NewLine);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(Colored(foregroundColor, backgroundColor, value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(Colored(foregroundColor, backgroundColor, value ?? "") + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => terminal.WriteError(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteMessage("WARNING", message, PSStyle.Instance.Formatting.Warning);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE", message, PSStyle.Instance.Formatting.Verbose);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteMessage("DEBUG", message, PSStyle.Instance.Formatting.Debug);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        terminal.ShowProgress(sourceId, record);
    }

    private void WriteMessage(string kind, string message, string color)
    {
        var text = $"{kind}: {message}";
        terminal.Write((terminal.UsesColor ? color + text + Reset : text) + Environment.NewLine);
    }

    private string Colored(ConsoleColor foreground, ConsoleColor background, string text)
    {
        if (!terminal.UsesColor)
            return text;
        // The default pair is the terminal's own: spelling it out would paint black boxes on a light terminal.
        var colors = (foreground == RawUI.ForegroundColor ? "" : PSStyle.MapForegroundColorToEscapeSequence(foreground))
            + (background == RawUI.BackgroundColor ? "" : PSStyle.MapBackgroundColorToEscapeSequence(background));
        return colors.Length == 0 ? text : colors + text + Reset;
    }
}
