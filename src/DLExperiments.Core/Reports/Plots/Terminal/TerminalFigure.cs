using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Terminal;

/// <summary>Draws charts with characters: Braille for lines and points, blocks for bars, shades and numbers for cells and images.</summary>
internal static class TerminalFigure
{
    internal static IReadOnlyList<string> Draw(Figure figure, Palette palette, int columns, int lines, bool colour)
    {
        var text = new List<string>();
        if (figure.Title.Length > 0) text.Add(figure.Title);
        if (figure.Charts.Count > 1 && figure.Charts.All(c => !c.X.Visible && c.Marks is [PixelMark, ..]))
        {
            if (text.Count > 0) text.Add("");
            text.AddRange(new TerminalGrid(figure, columns, colour).Draw());
            return text;
        }
        foreach (Chart chart in figure.Charts)
        {
            if (text.Count > 0) text.Add("");
            if (chart.Title.Length > 0) text.Add(chart.Title);
            chart.Fit();
            text.AddRange(new TerminalChart(chart, palette, columns, lines, colour).Draw());
        }
        return text;
    }
}
