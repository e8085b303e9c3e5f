using System.Management.Automation.Host;

namespace DLExperiments.Shell.Hosting;

/// <summary>The terminal as a grid of cells, as far as terminals can do that.</summary>
/// <param name="terminal">The standard streams.</param>
public sealed class ShellRawUserInterface(ShellTerminal terminal) : PSHostRawUserInterface
{
    private string title = "dlx";

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw Unsupported("set the size of its buffer");
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw Unsupported("set the size of its window");
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Unsupported("move its window");
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => terminal is { IsOutputTerminal: true, IsInputTerminal: true } ? new(Console.CursorLeft, Console.CursorTop) : new(0, 0);
        set
        {
            if (terminal.IsOutputTerminal)
                Console.SetCursorPosition(value.X, value.Y);
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override bool KeyAvailable => terminal.IsInputTerminal && Console.KeyAvailable;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => title;
        set
        {
            title = value ?? "";
            if (terminal.IsOutputTerminal)
                Console.Title = title;
        }
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!terminal.IsInputTerminal)
            throw new HostException("A key can only be read from a terminal, and standard input is not one.");
        var key = Console.ReadKey((options & ReadKeyOptions.NoEcho) != 0);
        var state = (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0);
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported("read back what it shows");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported("write cells in place");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // The one use that scripts make of it: a fill of the whole window clears the screen.
        if (terminal.IsOutputTerminal)
            Console.Clear();
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported("scroll a part of what it shows");

    private static HostException Unsupported(string what) => new($"A terminal under dlx cannot {what}.");
}
