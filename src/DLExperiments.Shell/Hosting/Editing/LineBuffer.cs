namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>The text being edited, its cursor and what was cut last. It knows nothing of keys or terminals.</summary>
public sealed class LineBuffer
{
    private string cut = "";

    /// <summary>The text; lines are parted by <c>\n</c>.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The cursor: 0 to the text's length.</summary>
    public int Cursor { get; private set; }

    /// <summary>Replaces all.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="cursor">The new cursor; the end if left out.</param>
    public void Set(string text, int? cursor = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        Cursor = Math.Clamp(cursor ?? text.Length, 0, text.Length);
    }

    /// <summary>Inserts at the cursor, which moves behind it.</summary>
    /// <param name="text">What to insert.</param>
    public void Insert(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Replaces a part; the cursor goes behind the new text.</summary>
    /// <param name="start">Where the part starts.</param>
    /// <param name="length">Its length.</param>
    /// <param name="text">The new text.</param>
    public void Replace(int start, int length, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = Text.Remove(start, length).Insert(start, text);
        Cursor = start + text.Length;
    }

    /// <summary>Moves by one character, over a surrogate pair as a whole.</summary>
    /// <param name="forward">Whether to the right.</param>
    /// <returns>Whether there was one.</returns>
    public bool MoveCharacter(bool forward) => MoveTo(forward ? Next(Cursor) : Previous(Cursor));

    /// <summary>Moves to the end (forward) or start of the next word.</summary>
    /// <param name="forward">Whether to the right.</param>
    /// <returns>Whether the cursor moved.</returns>
    public bool MoveWord(bool forward) => MoveTo(WordEdge(forward));

    /// <summary>Moves to the start or end of the line that the cursor is in.</summary>
    /// <param name="forward">Whether to the end.</param>
    /// <returns>Whether the cursor moved.</returns>
    public bool MoveLineEdge(bool forward) => MoveTo(LineEdge(forward));

    /// <summary>Moves one line up or down, in the same column where that line is long enough.</summary>
    /// <param name="down">Whether down.</param>
    /// <returns>Whether there is such a line.</returns>
    public bool MoveLine(bool down)
    {
        var start = LineEdge(forward: false);
        var column = Cursor - start;
        if (down)
        {
            var end = LineEdge(forward: true);
            if (end == Text.Length)
                return false;
            var nextEnd = Text.IndexOf('\n', end + 1);
            return MoveTo(Math.Min(end + 1 + column, nextEnd < 0 ? Text.Length : nextEnd));
        }
        if (start == 0)
            return false;
        var previousStart = start >= 2 ? Text.LastIndexOf('\n', start - 2) + 1 : 0;
        return MoveTo(Math.Min(previousStart + column, start - 1));
    }

    /// <summary>Deletes one character.</summary>
    /// <param name="forward">Whether the one behind the cursor, else the one before it.</param>
    /// <returns>Whether there was one.</returns>
    public bool DeleteCharacter(bool forward) => Remove(forward ? Next(Cursor) : Previous(Cursor), keep: false);

    /// <summary>Cuts to the edge of a word.</summary>
    /// <param name="forward">Whether to the right.</param>
    /// <returns>Whether something was cut.</returns>
    public bool CutWord(bool forward) => Remove(WordEdge(forward), keep: true);

    /// <summary>Cuts to the start or end of the line.</summary>
    /// <param name="forward">Whether to the end.</param>
    /// <returns>Whether something was cut.</returns>
    public bool CutLine(bool forward) => Remove(LineEdge(forward), keep: true);

    /// <summary>Inserts what was cut last.</summary>
    public void Paste() => Insert(cut);

    private bool MoveTo(int target)
    {
        var moved = target != Cursor;
        Cursor = target;
        return moved;
    }

    private bool Remove(int edge, bool keep)
    {
        var start = Math.Min(edge, Cursor);
        var length = Math.Abs(edge - Cursor);
        if (length == 0)
            return false;
        if (keep)
            cut = Text.Substring(start, length);
        Text = Text.Remove(start, length);
        Cursor = start;
        return true;
    }

    private int Next(int at) => at >= Text.Length ? at : at + (char.IsHighSurrogate(Text[at]) && at + 1 < Text.Length ? 2 : 1);

    private int Previous(int at) => at == 0 ? 0 : at - (char.IsLowSurrogate(Text[at - 1]) && at > 1 ? 2 : 1);

    private int LineEdge(bool forward)
    {
        if (!forward)
            return Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;
        var end = Text.IndexOf('\n', Cursor);
        return end < 0 ? Text.Length : end;
    }

    private int WordEdge(bool forward)
    {
        var at = Cursor;
        if (forward)
        {
            while (at < Text.Length && !IsWord(Text[at]))
                at++;
            while (at < Text.Length && IsWord(Text[at]))
                at++;
            return at;
        }
        while (at > 0 && !IsWord(Text[at - 1]))
            at--;
        while (at > 0 && IsWord(Text[at - 1]))
            at--;
        return at;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
