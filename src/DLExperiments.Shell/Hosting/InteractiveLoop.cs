using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using DLExperiments.Shell.Hosting.Editing;

namespace DLExperiments.Shell.Hosting;

/// <summary>The prompt: reads a command, runs it, until <c>exit</c> or Ctrl+D.</summary>
public sealed class InteractiveLoop
{
    private readonly ShellSession session;
    private readonly Func<bool> mustLeave;
    private readonly CommandHistory history;
    private readonly LineEditor editor;

    /// <summary>Prepares the prompt.</summary>
    /// <param name="session">The opened engine.</param>
    /// <param name="mustLeave">Whether the process was told to end.</param>
    public InteractiveLoop(ShellSession session, Func<bool> mustLeave)
    {
        ArgumentNullException.ThrowIfNull(session);
        this.session = session;
        this.mustLeave = mustLeave;
        history = new CommandHistory(CommandHistory.DefaultPath);
        var screen = new LineScreen(session.Terminal.WriteRaw, () => session.Terminal.Width);
        editor = new LineEditor(ReadKey, screen, history, Complete, IsIncomplete);
        session.Host.NestedPrompt = RunNested;
    }

    /// <summary>Runs until the user leaves.</summary>
    /// <param name="showBanner">Whether to say first what this is.</param>
    /// <returns>The exit code.</returns>
    public int Run(bool showBanner)
    {
        if (showBanner)
        {
            session.Terminal.Write($"dlx {ShellHost.ShellVersion.ToString(3)}: PowerShell {session.Runspace.Version} embedded, with the module DLExperiments."
                + Environment.NewLine + "Tab completes, Ctrl+R searches the history, Ctrl+D or exit leaves." + Environment.NewLine);
        }
        Loop(() => session.Host.RequestedExitCode is not null);
        return session.Host.RequestedExitCode ?? ExitCode.Success;
    }

    /// <summary>Whether a text is the start of a command that goes on in the next line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether the parser asks for more.</returns>
    public static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Length > 0 && Array.Exists(errors, e => e.IncompleteInput);
    }

    private void RunNested()
    {
        session.Host.LeaveNested = false;
        Loop(() => session.Host.LeaveNested || session.Host.RequestedExitCode is not null);
        session.Host.LeaveNested = false;
    }

    private void Loop(Func<bool> done)
    {
        while (!done() && !mustLeave())
        {
            if (session.Terminal.OpenLine.Length > 0)
                session.Terminal.Write(Environment.NewLine);
            var line = ReadCommand(Prompt());
            if (line is null)
                return;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            history.Add(line);
            session.Run(new PSCommand().AddCommand(new Command(line, isScript: true, useLocalScope: false)), addToHistory: true);
        }
    }

    private string? ReadCommand(string prompt) => ConsoleKeys.WithControlC(() => editor.Read(prompt, session.Terminal.Width));

    private ConsoleKeyInfo? ReadKey()
    {
        if (mustLeave())
            return null;
        return Console.ReadKey(intercept: true);
    }

    private string Prompt()
    {
        var text = string.Concat(session.Evaluate(new PSCommand().AddCommand("prompt")).Select(o => o?.ToString()));
        return text.Length > 0 ? text : "PS> ";
    }

    private Candidates? Complete(string text, int cursor)
    {
        using var shell = PowerShell.Create(RunspaceMode.NewRunspace);
        shell.Runspace = session.Runspace;
        var found = CommandCompletion.CompleteInput(text, cursor, null, shell);
        return found.CompletionMatches.Count == 0
            ? null
            : new Candidates(found.ReplacementIndex, found.ReplacementLength, [.. found.CompletionMatches.Select(m => (Unqualified(m.CompletionText), m.ListItemText)).Distinct()]);
    }

    // The stock commands exist twice, in the session and in their modules; the engine then completes to the module's full name.
    private static string Unqualified(string text) => text.StartsWith("Microsoft.PowerShell.", StringComparison.OrdinalIgnoreCase) ? text[(text.IndexOf('\\', StringComparison.Ordinal) + 1)..] : text;
}
