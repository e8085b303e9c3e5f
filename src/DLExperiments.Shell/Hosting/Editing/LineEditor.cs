namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>
/// Reads one command from keys: editing, history, search and completion with the keys that shells share (Emacs style). It touches no
/// console itself, so that tests can type into it.
/// </summary>
/// <param name="readKey">Waits for the next key; <see langword="null"/> at the end of input.</param>
/// <param name="screen">Where it draws.</param>
/// <param name="history">The commands before.</param>
/// <param name="complete">Finds what could stand at a cursor in a text.</param>
/// <param name="isIncomplete">Whether a text needs further lines.</param>
public sealed class LineEditor(
    Func<ConsoleKeyInfo?> readKey, LineScreen screen, CommandHistory history, Func<string, int, Candidates?> complete, Func<string, bool> isIncomplete)
{
    private const int ListedCandidates = 60;
    private readonly LineBuffer buffer = new();
    private string prompt = "";
    private int historyIndex;
    private string typed = "";
    private Candidates? cycle;
    private int cycleIndex;

    /// <summary>Whether the last line read was cancelled by Ctrl+C.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>Reads a command.</summary>
    /// <param name="promptText">The prompt; it may hold colours.</param>
    /// <param name="width">The terminal's columns, for lists.</param>
    /// <returns>The command; empty if it was cancelled; <see langword="null"/> at the end of input (Ctrl+D on an empty line).</returns>
    public string? Read(string promptText, int width)
    {
        prompt = promptText;
        WasCancelled = false;
        buffer.Set("");
        historyIndex = history.Entries.Count;
        screen.Begin();
        Draw();
        while (true)
        {
            if (readKey() is not { } key)
                return Finish(null);
            var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            {
                if (key.Modifiers == 0 && !isIncomplete(buffer.Text))
                    return Finish(buffer.Text);
                buffer.Insert("\n");
            }
            else if (ConsoleKeys.IsControlC(key))
            {
                WasCancelled = true;
                return Finish("", "^C");
            }
            else if (control && key.Key == ConsoleKey.D && buffer.Text.Length == 0)
            {
                return Finish(null);
            }
            else if (key.Key == ConsoleKey.Tab)
            {
                Complete(backward: key.Modifiers.HasFlag(ConsoleModifiers.Shift), width);
                continue;
            }
            else if (control && key.Key == ConsoleKey.R)
            {
                if (Search() is { } found)
                    return found;
            }
            else
            {
                Edit(key, control, key.Modifiers.HasFlag(ConsoleModifiers.Alt));
            }
            cycle = null;
            Draw();
        }
    }

    private void Edit(ConsoleKeyInfo key, bool control, bool alt)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _ = control || alt ? buffer.MoveWord(false) : buffer.MoveCharacter(false); break;
            case ConsoleKey.RightArrow: _ = control || alt ? buffer.MoveWord(true) : buffer.MoveCharacter(true); break;
            case ConsoleKey.Home: case ConsoleKey.A when control: buffer.MoveLineEdge(false); break;
            case ConsoleKey.End: case ConsoleKey.E when control: buffer.MoveLineEdge(true); break;
            case ConsoleKey.B when control: buffer.MoveCharacter(false); break;
            case ConsoleKey.F when control: buffer.MoveCharacter(true); break;
            case ConsoleKey.B when alt: buffer.MoveWord(false); break;
            case ConsoleKey.F when alt: buffer.MoveWord(true); break;
            case ConsoleKey.UpArrow: case ConsoleKey.P when control: Older(); break;
            case ConsoleKey.DownArrow: case ConsoleKey.N when control: Newer(); break;
            case ConsoleKey.Backspace when control || alt: case ConsoleKey.W when control: buffer.CutWord(false); break;
            case ConsoleKey.Backspace: case ConsoleKey.H when control: buffer.DeleteCharacter(false); break;
            case ConsoleKey.Delete: case ConsoleKey.D when control: buffer.DeleteCharacter(true); break;
            case ConsoleKey.D when alt: buffer.CutWord(true); break;
            case ConsoleKey.K when control: buffer.CutLine(true); break;
            case ConsoleKey.U when control: buffer.CutLine(false); break;
            case ConsoleKey.Y when control: buffer.Paste(); break;
            case ConsoleKey.Escape: buffer.Set(""); break;
            case ConsoleKey.L when control: screen.Clear(); break;
            default:
                if (!control && !alt && !char.IsControl(key.KeyChar))
                    buffer.Insert(key.KeyChar.ToString());
                break;
        }
    }

    // What was typed before the first step is a prefix that older commands must have; an empty one is had by all.
    private void Older()
    {
        if (buffer.MoveLine(down: false))
            return;
        if (historyIndex == history.Entries.Count)
            typed = buffer.Text;
        Show(history.Find(historyIndex, -1, c => c.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && c != buffer.Text));
    }

    private void Newer()
    {
        if (buffer.MoveLine(down: true) || historyIndex == history.Entries.Count)
            return;
        var index = history.Find(historyIndex, 1, c => c.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && c != buffer.Text);
        if (index < 0)
        {
            historyIndex = history.Entries.Count;
            buffer.Set(typed);
        }
        Show(index);
    }

    private void Show(int index)
    {
        if (index < 0)
            return;
        historyIndex = index;
        buffer.Set(history.Entries[index]);
    }

    private string? Search()
    {
        var pattern = "";
        var index = history.Entries.Count;
        while (true)
        {
            screen.Draw($"(search)'{pattern}': ", buffer.Text, buffer.Cursor);
            if (readKey() is not { } key)
                return null;
            var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (control && key.Key is ConsoleKey.C or ConsoleKey.G || key.Key == ConsoleKey.Escape)
            {
                buffer.Set("");
                return null;
            }
            if (key.Key == ConsoleKey.Enter)
                return isIncomplete(buffer.Text) ? null : Finish(buffer.Text);
            if (control && key.Key == ConsoleKey.R)
            {
                index = Found(index, pattern);
            }
            else if (key.Key == ConsoleKey.Backspace)
            {
                pattern = pattern.Length > 0 ? pattern[..^1] : "";
                index = Found(history.Entries.Count, pattern);
            }
            else if (!control && !char.IsControl(key.KeyChar))
            {
                pattern += key.KeyChar;
                index = Found(history.Entries.Count, pattern);
            }
            else
            {
                // Any other key accepts the line for editing.
                return null;
            }
        }
    }

    private int Found(int from, string pattern)
    {
        if (pattern.Length == 0)
            return history.Entries.Count;
        var index = history.Find(from, -1, c => c.Contains(pattern, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            return from;
        buffer.Set(history.Entries[index]);
        historyIndex = index;
        return index;
    }

    private void Complete(bool backward, int width)
    {
        if (cycle is not null)
        {
            cycleIndex = (cycleIndex + (backward ? -1 : 1) + cycle.Items.Count) % cycle.Items.Count;
        }
        else
        {
            if (complete(buffer.Text, buffer.Cursor) is not { Items.Count: > 0 } found)
                return;
            var current = buffer.Text.Substring(found.Start, found.Length);
            var common = found.Items.Select(i => i.Text).Aggregate(CommonPrefix);
            if (found.Items.Count == 1 || common.Length > current.Length)
            {
                buffer.Replace(found.Start, found.Length, common);
                Draw();
                return;
            }
            (cycle, cycleIndex) = (found, backward ? found.Items.Count - 1 : 0);
        }
        var item = cycle.Items[cycleIndex].Text;
        buffer.Replace(cycle.Start, cycle.Length, item);
        cycle = cycle with { Length = item.Length };
        Draw(CandidateList.Format(cycle.Items, cycleIndex, width, ListedCandidates));
    }

    private static string CommonPrefix(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && char.ToUpperInvariant(a[length]) == char.ToUpperInvariant(b[length]))
            length++;
        return a[..length];
    }

    private string? Finish(string? result, string mark = "")
    {
        cycle = null;
        buffer.Set(buffer.Text);
        Draw();
        screen.End(mark);
        return result;
    }

    private void Draw(string hint = "") => screen.Draw(prompt, buffer.Text, buffer.Cursor, hint);
}
