using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;

namespace DLExperiments.Shell.Hosting;

/// <summary>The three standard streams: what they are joined to, and writing to them without tearing the progress pane.</summary>
public sealed class ShellTerminal
{
    /// <summary>Columns to format for where output goes to a file or pipe.</summary>
    public const int RedirectedWidth = 120;

    private readonly Lock gate = new();
    private ProgressPane? progress;

    /// <summary>Looks at the streams of this process; sets UTF-8 without a byte order mark.</summary>
    public ShellTerminal()
    {
        IsInputTerminal = !Console.IsInputRedirected;
        IsOutputTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        UsesColor = IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(false);
            Console.InputEncoding = new UTF8Encoding(false);
        }
    }

    /// <summary>Whether somebody may type.</summary>
    public bool IsInputTerminal { get; }

    /// <summary>Whether output is seen on a terminal that knows cursor movements.</summary>
    public bool IsOutputTerminal { get; }

    /// <summary>Whether colour may be written: on a terminal, and NO_COLOR (no-color.org) is unset or empty.</summary>
    public bool UsesColor { get; }

    /// <summary>Columns of the terminal, or <see cref="RedirectedWidth"/>.</summary>
    public int Width => IsOutputTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : RedirectedWidth;

    /// <summary>Rows of the terminal, or a usual number.</summary>
    public int Height => IsOutputTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : 50;

    /// <summary>What was written to standard output since its last line end: the question, when an answer is read.</summary>
    public string OpenLine { get; private set; } = "";

    /// <summary>Writes to standard output, without the escape sequences that <c>$PSStyle.OutputRendering</c> or the terminal forbid.</summary>
    /// <param name="text">The text, with its line ends.</param>
    public void Write(string text) => WriteRaw(Rendered(text, UsesColor));

    /// <summary>Writes to standard output as it is: for what moves the cursor.</summary>
    /// <param name="text">The text, with its line ends.</param>
    public void WriteRaw(string text)
    {
        if (text.Length == 0)
            return;
        lock (gate)
        {
            progress?.Erase();
            Console.Out.Write(text);
            var end = text.LastIndexOf('\n');
            OpenLine = end < 0 ? OpenLine + text : text[(end + 1)..];
        }
    }

    /// <summary>Writes to standard error, without escape sequences if that is not a terminal.</summary>
    /// <param name="text">The text, with its line ends.</param>
    public void WriteError(string text)
    {
        lock (gate)
        {
            progress?.Erase();
            Console.Error.Write(Rendered(text, UsesColor && !Console.IsErrorRedirected));
        }
    }

    /// <summary>Shows how far a command is; does nothing unless output is a terminal.</summary>
    /// <param name="source">Who reports, so that equal activity numbers of two commands are kept apart.</param>
    /// <param name="record">What is reported.</param>
    public void ShowProgress(long source, ProgressRecord record)
    {
        if (!IsOutputTerminal)
            return;
        lock (gate)
        {
            progress ??= new ProgressPane(Console.Out.Write, () => Width, UsesColor);
            progress.Update(source, record, OpenLine.Length == 0);
        }
    }

    /// <summary>Removes what progress has drawn and forgets all activities, at the end of a pipeline.</summary>
    public void ClearProgress()
    {
        lock (gate)
        {
            progress?.Clear();
        }
    }

    private static string Rendered(string text, bool usesColor)
    {
        var plain = PSStyle.Instance.OutputRendering switch
        {
            OutputRendering.PlainText => true,
            OutputRendering.Ansi => false,
            _ => !usesColor,
        };
        return plain && text.Contains('\e', StringComparison.Ordinal) ? new StringDecorated(text).ToString(OutputRendering.PlainText) : text;
    }
}
