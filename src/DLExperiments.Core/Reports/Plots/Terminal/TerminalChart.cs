using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>Draws one chart with characters.</summary>
internal sealed class TerminalChart(Chart chart, Palette palette, int columns, int lines, bool colour)
{
    private const string Shades = " ░▒▓█", Eighths = " ▁▂▃▄▅▆▇█";

    internal IEnumerable<string> Draw()
    {
        if (chart.Marks.OfType<CellMark>().FirstOrDefault() is { } cells) return DrawCells(cells);
        if (chart.Marks.OfType<PixelMark>().FirstOrDefault() is { } pixels && !chart.X.Visible) return DrawPixels(pixels);
        if (chart.Marks.OfType<TextMark>().FirstOrDefault() is { } text) return DrawText(text);
        return DrawAxes();
    }

    private IEnumerable<string> DrawText(TextMark text)
    {
        int keys = Math.Min(text.Lines.Max(l => l.Key.Length), columns / 4);
        foreach ((string key, string line) in text.Lines)
            yield return keys == 0 ? Cut(line, columns) : Cut(key, keys).PadRight(keys) + "  " + Cut(line, columns - keys - 2);
    }

    private IEnumerable<string> DrawAxes()
    {
        int height = lines - 3;
        IReadOnlyList<Tick> yTicks = chart.Y.Ticks(Math.Max(2, height / 4));
        int left = Math.Min(columns / 3, yTicks.Select(t => t.Label.Length).Append(1).Max()) + 2, width = columns - left;
        var canvas = new TerminalCanvas(columns, lines, colour);
        for (int line = 0; line < height; line++) canvas.Text("│", left - 1, line, palette.Frame);
        canvas.Text("└" + new string('─', width), left - 1, height, palette.Frame);
        foreach (Tick tick in yTicks)
        {
            int line = Math.Clamp((int)Math.Round((1 - chart.Y.Map(tick.Value)) * (height - 1)), 0, height - 1);
            canvas.Text(Cut(tick.Label, left - 2).PadLeft(left - 2), 0, line);
            canvas.Text("┤", left - 1, line, palette.Frame);
        }
        DrawXTicks(canvas, left, width, height);
        string label = chart.X.Label.Length > 0 && chart.Y.Label.Length > 0 ? $"{chart.Y.Label} against {chart.X.Label}" : chart.X.Label + chart.Y.Label;
        canvas.Text(Cut(label, width), left + Math.Max(0, (width - label.Length) / 2), height + 2);
        foreach (Mark mark in chart.Marks) DrawMark(canvas, mark, left, width, height);
        return Legend().Concat(canvas.Read());
    }

    private void DrawXTicks(TerminalCanvas canvas, int left, int width, int height)
    {
        int free = left;
        IReadOnlyList<Tick> ticks = chart.X.Ticks(Math.Max(2, width / 12));
        int room = chart.X.Categories is null ? 11 : Math.Max(3, width / Math.Max(1, ticks.Count) - 1);
        foreach (Tick tick in ticks)
        {
            string text = Cut(tick.Label, room);
            int at = left + (int)Math.Round(chart.X.Map(tick.Value) * (width - 1));
            int start = Math.Min(at - text.Length / 2, columns - text.Length);
            if (start < free) continue;
            canvas.Text(text, start, height + 1);
            canvas.Text("┴", at, height, palette.Frame);
            free = start + text.Length + 1;
        }
    }

    private IEnumerable<string> Legend()
    {
        string[] keys = [.. chart.LegendMarks.Select(m => (colour ? TerminalCanvas.Escape(m.Colour ?? palette.Ink, null) : "")
            + (m switch { PointMark => "●", LineMark { Dashed: true } or RuleMark => "╌╌", LineMark => "──", _ => "■" }) + (colour ? "\u001b[0m" : "") + " " + Cut(m.Name!, columns - 4))];
        return keys.Length == 0 ? [] : [string.Join("   ", keys.Take(8)) + (keys.Length > 8 ? $"   and {keys.Length - 8} more" : "")];
    }

    private void DrawMark(TerminalCanvas canvas, Mark mark, int left, int width, int height)
    {
        string ink = mark.Colour ?? palette.Ink;
        double X(double value) => 2 * left + chart.X.Map(value) * (2 * width - 1);
        double Y(double value) => (1 - chart.Y.Map(value)) * (4 * height - 1);
        bool Visible(double x, double y) => chart.X.Takes(x) && chart.Y.Takes(y);
        switch (mark)
        {
            case LineMark line:
                for (int i = 0; i < line.X.Length; i++)
                {
                    if (!Visible(line.X[i], line.Y[i])) continue;
                    bool joined = i > 0 && Visible(line.X[i - 1], line.Y[i - 1]);
                    canvas.Line(X(line.X[joined ? i - 1 : i]), Y(line.Y[joined ? i - 1 : i]), X(line.X[i]), Y(line.Y[i]), ink);
                }
                break;
            case PointMark points:
                for (int i = 0; i < points.X.Length; i++)
                {
                    if (!Visible(points.X[i], points.Y[i])) continue;
                    // Two dots by two, so that a point is not taken for a speck.
                    (int x, int y) = ((int)Math.Round(X(points.X[i])), (int)Math.Round(Y(points.Y[i])));
                    for (int d = 0; d < 4; d++) canvas.Dot(x + d % 2, y + d / 2, ink);
                }
                break;
            case RuleMark { Vertical: true } rule when chart.X.Takes(rule.Value):
                for (int y = 0; y < 4 * height; y += 2) canvas.Dot((int)Math.Round(X(rule.Value)), y, ink);
                break;
            case RuleMark { Vertical: false } rule when chart.Y.Takes(rule.Value):
                for (int x = 2 * left; x < 2 * columns; x += 2) canvas.Dot(x, (int)Math.Round(Y(rule.Value)), ink);
                break;
            case BarMark bars:
                for (int i = 0; i < bars.Top.Length; i++)
                    if (chart.Y.Takes(bars.Top[i])) DrawBar(canvas, (int)Math.Round(X(bars.Left[i]) / 2), (int)Math.Round(X(bars.Right[i]) / 2), bars.Bottom[i], bars.Top[i], height, ink);
                break;
        }
    }

    private void DrawBar(TerminalCanvas canvas, int from, int to, double bottom, double top, int height, string ink)
    {
        double foot = (chart.Y.Takes(bottom) ? chart.Y.Map(bottom) : 0) * height, end = chart.Y.Map(top) * height;
        (double low, double high) = (Math.Min(foot, end), Math.Max(foot, end));
        for (int line = 0; line < height; line++)
        {
            int filled = (int)Math.Round(8 * (Math.Clamp(high - line, 0, 1) - Math.Clamp(low - line, 0, 1)));
            if (filled == 0) continue;
            for (int column = from; column < Math.Max(from + 1, to); column++) canvas.Text(Eighths[filled].ToString(), column, height - 1 - line, ink);
        }
    }

    private IEnumerable<string> DrawCells(CellMark cells)
    {
        int count = cells.Values[0].Length;
        IReadOnlyList<Tick> rows = chart.Y.Ticks(cells.Values.Length), names = chart.X.Ticks(count);
        int left = Math.Min(columns / 3, rows.Max(t => t.Label.Length)) + 1;
        int wanted = Math.Max(names.Max(t => t.Label.Length), cells.Labels?.Max(r => r.Max(l => l.Length)) ?? 2) + 1;
        int width = Math.Clamp(wanted, 1, Math.Max(1, (columns - left) / count));
        int shown = Math.Min(count, (columns - left) / width);
        var canvas = new TerminalCanvas(columns, cells.Values.Length + 1, colour);
        for (int c = 0; c < shown && width > 2; c++) canvas.Text(Cut(names[c].Label, width - 1).PadLeft(width - 1), left + c * width, 0);
        for (int r = 0; r < cells.Values.Length; r++)
        {
            canvas.Text(Cut(rows[r].Label, left - 1).PadLeft(left - 1), 0, r + 1);
            for (int c = 0; c < shown; c++)
            {
                double value = cells.Values[r][c];
                if (double.IsNaN(value)) continue;
                double share = cells.High > cells.Low ? (value - cells.Low) / (cells.High - cells.Low) : .5;
                string paper = palette.Ramp(cells.Ramp, share), label = cells.Labels?[r][c] ?? "";
                string text = label.Length > 0 && label.Length <= width ? label.PadLeft(Math.Max(1, width - 1)).PadRight(width)
                    : new string(colour ? ' ' : Shades[(int)Math.Clamp(share * 5, 0, 4)], width);
                canvas.Text(text, left + c * width, r + 1, Palette.InkOn(paper), colour ? paper : null);
            }
        }
        string axes = chart.X.Label.Length + chart.Y.Label.Length > 0 ? $"{chart.Y.Label} \\ {chart.X.Label}" : "";
        return (axes.Length > 0 ? [axes] : Array.Empty<string>()).Concat(canvas.Read());
    }

    private IEnumerable<string> DrawPixels(PixelMark pixels)
    {
        // A character is twice as high as wide: two characters for a pixel, or one for each half of the lines.
        int step = Math.Max(1, (int)Math.Ceiling(Math.Max(pixels.Columns / (double)columns, pixels.Rows / 2.0 / lines)));
        var canvas = new TerminalCanvas(pixels.Columns / step, Math.Max(1, pixels.Rows / step / 2), colour);
        for (int line = 0; line < canvas.Lines; line++)
            for (int column = 0; column < canvas.Columns; column++)
            {
                (string upper, double a) = Pixel(pixels, column * step, 2 * line * step);
                (string lower, double b) = Pixel(pixels, column * step, Math.Min(pixels.Rows - 1, (2 * line + 1) * step));
                if (colour) canvas.Text("▀", column, line, upper, lower);
                else canvas.Text(Shades[(int)Math.Clamp((a + b) / 2 * 5, 0, 4)].ToString(), column, line);
            }
        return canvas.Read();
    }

    private static (string Colour, double Light) Pixel(PixelMark pixels, int column, int row)
    {
        int at = (row * pixels.Columns + column) * 4;
        byte r = pixels.Rgba[at], g = pixels.Rgba[at + 1], b = pixels.Rgba[at + 2];
        return ($"#{r:x2}{g:x2}{b:x2}", (.2126 * r + .7152 * g + .0722 * b) / 255);
    }

    internal static string Cut(string text, int most) => text.Length <= most ? text : most <= 1 ? text[..Math.Max(0, most)] : text[..(most - 1)] + "…";
}
