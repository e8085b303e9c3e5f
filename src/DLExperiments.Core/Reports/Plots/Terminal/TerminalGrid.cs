using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>Draws small images beside each other, two pixels over each other in a character.</summary>
internal sealed class TerminalGrid(Figure figure, int columns, bool colour)
{
    private const string Shades = " ░▒▓█";
    private const int Gap = 2, Narrowest = 8, Widest = 28;

    internal IEnumerable<string> Draw()
    {
        int widest = figure.Charts.Max(c => ((PixelMark)c.Marks[0]).Columns);
        // All of the figure's columns when they stay recognisable, else as many as do.
        int width = Math.Clamp((columns + Gap) / figure.Columns - Gap, Math.Min(Narrowest, widest), Math.Min(Widest, widest));
        int across = Math.Clamp((columns + Gap) / (width + Gap), 1, figure.Columns);
        foreach (Chart[] row in figure.Charts.Chunk(across))
        {
            int lines = row.Max(c => LinesOf((PixelMark)c.Marks[0], width));
            var canvas = new TerminalCanvas(across * (width + Gap) - Gap, lines + 1, colour);
            bool titled = row.Any(c => c.Title.Length > 0);
            for (int i = 0; i < row.Length; i++)
            {
                canvas.Text(TerminalChart.Cut(row[i].Title, width), i * (width + Gap), 0);
                DrawImage(canvas, (PixelMark)row[i].Marks[0], i * (width + Gap), 1, width);
            }
            foreach (string line in canvas.Read().Skip(titled ? 0 : 1)) yield return line;
        }
    }

    private static int LinesOf(PixelMark pixels, int width) => Math.Max(1, (int)Math.Round(width * (double)pixels.Rows / pixels.Columns / 2));

    private void DrawImage(TerminalCanvas canvas, PixelMark pixels, int left, int top, int width)
    {
        int lines = LinesOf(pixels, width);
        for (int line = 0; line < lines; line++)
            for (int column = 0; column < width; column++)
            {
                (double r, double g, double b) upper = Mean(pixels, column, width, 2 * line, 2 * lines), lower = Mean(pixels, column, width, 2 * line + 1, 2 * lines);
                if (colour) canvas.Text("▀", left + column, top + line, Hex(upper), Hex(lower));
                else canvas.Text(Shades[(int)Math.Clamp((Light(upper) + Light(lower)) / 2 / 51, 0, 4)].ToString(), left + column, top + line);
            }
    }

    /// <summary>The mean of the pixels under a place.</summary>
    private static (double R, double G, double B) Mean(PixelMark pixels, int column, int width, int row, int height)
    {
        int left = column * pixels.Columns / width, right = Math.Max(left + 1, (column + 1) * pixels.Columns / width);
        int top = row * pixels.Rows / height, bottom = Math.Max(top + 1, (row + 1) * pixels.Rows / height);
        double r = 0, g = 0, b = 0;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
            {
                int at = (y * pixels.Columns + x) * 4;
                (r, g, b) = (r + pixels.Rgba[at], g + pixels.Rgba[at + 1], b + pixels.Rgba[at + 2]);
            }
        int count = (bottom - top) * (right - left);
        return (r / count, g / count, b / count);
    }

    private static double Light((double R, double G, double B) c) => .2126 * c.R + .7152 * c.G + .0722 * c.B;

    private static string Hex((double R, double G, double B) c) => $"#{(int)c.R:x2}{(int)c.G:x2}{(int)c.B:x2}";
}
