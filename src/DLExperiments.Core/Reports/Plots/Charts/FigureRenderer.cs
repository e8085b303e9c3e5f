using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Charts;

/// <summary>Lays the charts of a figure out and draws them.</summary>
internal static class FigureRenderer
{
    private const double Margin = 14, TitleSize = 16;

    internal static Picture Draw(Figure figure, PlotTheme theme, int? width, int? height)
    {
        Palette palette = Palette.Of(theme);
        var picture = new Picture(width ?? figure.Width, height ?? figure.Height);
        picture.Group("background", null, () => picture.Rectangle(new Box(0, 0, picture.Width, picture.Height), palette.Background));
        double top = Margin;
        if (figure.Title.Length > 0)
        {
            picture.Group("title", figure.Title, () => picture.Text(
                TextWidth.Fit(figure.Title, TitleSize * 1.07, picture.Width - 2 * Margin), Margin, top + TitleSize, TitleSize, palette.Ink, bold: true));
            top += TitleSize + 14;
        }
        double gap = figure.Charts.Any(c => c.X.Visible) ? 18 : 8;
        double chartWidth = (picture.Width - 2 * Margin - (figure.Columns - 1) * gap) / figure.Columns;
        double chartHeight = (picture.Height - top - Margin + 4 - (figure.Rows - 1) * gap) / figure.Rows;
        for (int i = 0; i < figure.Charts.Count; i++)
        {
            Chart chart = figure.Charts[i];
            var box = new Box(Margin + i % figure.Columns * (chartWidth + gap), top + i / figure.Columns * (chartHeight + gap), chartWidth, chartHeight);
            picture.Group("chart", chart.Title.Length > 0 ? chart.Title : null, () => new ChartRenderer(picture, palette, chart).Draw(box));
        }
        return picture;
    }
}
