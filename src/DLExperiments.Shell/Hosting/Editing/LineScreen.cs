using System.Text;

namespace DLExperiments.Shell.Hosting.Editing;

/// <summary>Draws prompt, text and a hint below in place, wrapped to the terminal's width, and puts the cursor where it belongs.</summary>
/// <param name="write">Writes to the terminal.</param>
/// <param name="width">The terminal's columns now.</param>
public sealed class LineScreen(Action<string> write, Func<int> width)
{
    /// <summary>The prompt of the second and later lines.</summary>
    public const string Continuation = ">> ";

    private int cursorRow;

    /// <summary>Starts a new line to be edited where the terminal's cursor is, at the start of a row.</summary>
    public void Begin() => cursorRow = 0;

    /// <summary>Draws.</summary>
    /// <param name="prompt">The prompt; escape sequences in it take no room.</param>
    /// <param name="text">The text.</param>
    /// <param name="cursor">The cursor in the text.</param>
    /// <param name="hint">Lines to show below; or empty.</param>
    public void Draw(string prompt, string text, int cursor, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(text);
        var columns = Math.Max(width(), 2);
        var output = new StringBuilder("\e[?25l\r");
        if (cursorRow > 0)
            output.Append($"\e[{cursorRow}A");
        output.Append("\e[J").Append(prompt.Replace("\n", "\r\n", StringComparison.Ordinal));
        var (row, column) = Walk(prompt, 0, 0, columns, skipEscapes: true);
        var target = (Row: row, Column: column);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == cursor)
                target = (row, column);
            if (i == text.Length)
                break;
            if (text[i] == '\n')
            {
                output.Append("\r\n").Append(Continuation);
                (row, column) = (row + 1, Continuation.Length);
                continue;
            }
            output.Append(text[i]);
            (row, column) = Walk(text.Substring(i, 1), row, column, columns, skipEscapes: false);
        }
        // A full row leaves a terminal's cursor on it, not below: a line end makes both counts agree.
        if (column == 0 && row > 0 && text.Length > 0)
            output.Append("\r\n");
        if (hint.Length > 0)
        {
            output.Append("\r\n").Append(hint.Replace("\n", "\r\n", StringComparison.Ordinal));
            (row, _) = Walk(hint, row + 1, 0, columns, skipEscapes: true);
        }
        if (row > target.Row)
            output.Append($"\e[{row - target.Row}A");
        output.Append('\r');
        if (target.Column > 0)
            output.Append($"\e[{target.Column}C");
        write(output.Append("\e[?25h").ToString());
        cursorRow = target.Row;
    }

    /// <summary>Leaves the edited text, whose last row the cursor must be on, for the row below.</summary>
    /// <param name="mark">What to write at its end first.</param>
    public void End(string mark = "") => write(mark + "\r\n");

    /// <summary>Clears the terminal; the next drawing starts at its top.</summary>
    public void Clear()
    {
        write("\e[H\e[2J");
        cursorRow = 0;
    }

    /// <summary>Columns that a character takes: 0 for combining marks, 2 for wide East Asian ones, else 1.</summary>
    /// <param name="c">The character.</param>
    /// <returns>0, 1 or 2; each half of a surrogate pair counts 1, for nearly all of those characters are wide.</returns>
    public static int Columns(char c)
    {
        if (c < 0x300)
            return char.IsControl(c) ? 0 : 1;
        if (char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.Format)
            return 0;
        return c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3')
            or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60') or (>= '\uFFE0' and <= '\uFFE6') ? 2 : 1;
    }

    private static (int Row, int Column) Walk(string text, int row, int column, int columns, bool skipEscapes)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (skipEscapes && text[i] == '\e')
            {
                i = EscapeEnd(text, i);
                continue;
            }
            if (text[i] == '\n')
            {
                (row, column) = (row + 1, 0);
                continue;
            }
            var wide = Columns(text[i]);
            if (column + wide > columns)
                (row, column) = (row + 1, 0);
            column += wide;
            if (column == columns)
                (row, column) = (row + 1, 0);
        }
        return (row, column);
    }

    // CSI sequences end with a letter or one of @[\]^_`{|}~; OSC sequences (titles) with BEL or ESC \.
    private static int EscapeEnd(string text, int start)
    {
        if (start + 1 >= text.Length)
            return start;
        var isTitle = text[start + 1] == ']';
        for (var i = start + 2; i < text.Length; i++)
        {
            if (isTitle ? text[i] is '\a' or '\\' : text[i] is >= '@' and <= '~')
                return i;
        }
        return text.Length - 1;
    }
}
