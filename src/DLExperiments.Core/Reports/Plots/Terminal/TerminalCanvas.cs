using System.Text;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>Characters of a terminal, each of 2 × 4 Braille dots or with a text of its own.</summary>
internal sealed class TerminalCanvas(int columns, int lines, bool colour)
{
    // Unicode Braille patterns: the bits of the dots of a cell, by row and column.
    private static readonly int[,] Bits = { { 1, 8 }, { 2, 16 }, { 4, 32 }, { 64, 128 } };

    private readonly int[] dots = new int[columns * lines];
    private readonly char[] letters = new char[columns * lines];
    private readonly string?[] inks = new string?[columns * lines], papers = new string?[columns * lines];

    internal int Columns => columns;

    internal int Lines => lines;

    /// <summary>Sets a dot; x from 0 to 2 columns, y from 0 to 4 lines, from the top.</summary>
    internal void Dot(int x, int y, string ink)
    {
        if (x < 0 || y < 0 || x >= 2 * columns || y >= 4 * lines) return;
        int at = y / 4 * columns + x / 2;
        dots[at] |= Bits[y % 4, x % 2];
        inks[at] = ink;
    }

    internal void Line(double x1, double y1, double x2, double y2, string ink)
    {
        int steps = (int)Math.Max(1, Math.Ceiling(Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1))));
        for (int i = 0; i <= steps; i++)
            Dot((int)Math.Round(x1 + (x2 - x1) * i / steps), (int)Math.Round(y1 + (y2 - y1) * i / steps), ink);
    }

    internal void Text(string text, int column, int line, string? ink = null, string? paper = null)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (column + i < 0 || column + i >= columns || line < 0 || line >= lines) continue;
            int at = line * columns + column + i;
            letters[at] = text[i];
            inks[at] = ink;
            papers[at] = paper ?? papers[at];
        }
    }

    internal IEnumerable<string> Read()
    {
        for (int line = 0; line < lines; line++)
        {
            var text = new StringBuilder();
            string? ink = null, paper = null;
            for (int column = 0; column < columns; column++)
            {
                int at = line * columns + column;
                if (colour && (inks[at] != ink || papers[at] != paper)) text.Append(Escape(ink = inks[at], paper = papers[at]));
                text.Append(letters[at] != 0 ? letters[at] : dots[at] != 0 ? (char)(0x2800 + dots[at]) : ' ');
            }
            string plain = text.ToString();
            yield return colour && (ink ?? paper) is not null ? plain + "\u001b[0m" : plain.TrimEnd();
        }
    }

    internal static string Escape(string? ink, string? paper)
    {
        var text = new StringBuilder("\u001b[0m");
        if (ink is not null) text.Append($"\u001b[38;2;{Channels(ink)}m");
        if (paper is not null) text.Append($"\u001b[48;2;{Channels(paper)}m");
        return text.ToString();
    }

    private static string Channels(string colour)
    {
        (int r, int g, int b) = Palette.Rgb(colour);
        return $"{r};{g};{b}";
    }
}
