using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Charts;

/// <summary>Draws the marks of a chart inside its plot area.</summary>
internal sealed class MarkRenderer(Picture picture, Palette palette, Chart chart, Box plot)
{
    // Above this many cells a matrix is pixels: a rectangle each would make files of megabytes.
    private const int MostRectangles = 2500;

    internal void Draw(Mark mark)
    {
        string colour = mark.Colour ?? palette.Ink;
        switch (mark)
        {
            case LineMark line:
                DrawLine(line, colour);
                break;
            case BandMark band:
                DrawBand(band, colour);
                break;
            case PointMark points:
                DrawPoints(points, colour);
                break;
            case BarMark bars:
                DrawBars(bars, colour);
                break;
            case RuleMark { Vertical: true } rule when chart.X.Takes(rule.Value):
                picture.Line(X(rule.Value), plot.Y, X(rule.Value), plot.Bottom, colour, 1.5, [2, 3]);
                break;
            case RuleMark { Vertical: false } rule when chart.Y.Takes(rule.Value):
                picture.Line(plot.X, Y(rule.Value), plot.Right, Y(rule.Value), colour, 1.5, [2, 3]);
                break;
            case CellMark cells:
                DrawCells(cells);
                break;
            case TextMark text:
                DrawText(text);
                break;
            case PixelMark pixels:
                double x = X(pixels.Left), y = Y(pixels.Top);
                picture.Add(new PixelElement(new Box(x, y, X(pixels.Right) - x, Y(pixels.Bottom) - y), pixels.Columns, pixels.Rows, pixels.Rgba));
                break;
        }
    }

    private void DrawText(TextMark text)
    {
        const double size = 12.5;
        double keys = text.Lines.Max(l => TextWidth.Of(l.Key, size)), from = plot.X + (keys > 0 ? Math.Min(keys, plot.Width / 4) + 16 : 0);
        for (int i = 0; i < text.Lines.Length; i++)
        {
            double y = plot.Y + (i + .75) * TextMark.LineHeight;
            if (keys > 0) picture.Text(TextWidth.Fit(text.Lines[i].Key, size, plot.Width / 4), plot.X, y, size, palette.Series[0], bold: true);
            picture.Text(TextWidth.Fit(text.Lines[i].Text, size, plot.Right - from), from, y, size, palette.Ink);
        }
    }

    private double X(double value) => plot.X + chart.X.Map(value) * plot.Width;

    private double Y(double value) => plot.Bottom - chart.Y.Map(value) * plot.Height;

    private bool Visible(double x, double y) => chart.X.Takes(x) && chart.Y.Takes(y);

    private void DrawLine(LineMark line, string colour)
    {
        foreach (List<Spot> piece in Pieces(line.X, line.Y))
        {
            if (piece.Count > 1) picture.Add(new PathElement([.. piece], colour, line.Thickness, line.Dashed ? [6, 4] : null, line.Opacity));
            // A lone point between gaps has no line, and would vanish.
            else if (!line.Dots) picture.Add(new MarkerElement(MarkerShape.Circle, piece[0], 3, colour, null, line.Opacity));
            if (!line.Dots) continue;
            foreach (Spot spot in piece) picture.Add(new MarkerElement(MarkerShape.Circle, spot, 3.5, colour, null, line.Opacity));
        }
    }

    private IEnumerable<List<Spot>> Pieces(double[] x, double[] y)
    {
        var piece = new List<Spot>();
        for (int i = 0; i < x.Length; i++)
        {
            if (Visible(x[i], y[i]))
            {
                piece.Add(new Spot(X(x[i]), Y(y[i])));
                continue;
            }
            if (piece.Count > 0) yield return piece;
            piece = [];
        }
        if (piece.Count > 0) yield return piece;
    }

    private void DrawBand(BandMark band, string colour)
    {
        int start = 0;
        for (int i = 0; i <= band.X.Length; i++)
        {
            if (i < band.X.Length && chart.X.Takes(band.X[i]) && double.IsFinite(band.Low[i]) && Visible(band.X[i], band.High[i])) continue;
            if (i - start > 1)
            {
                // A lower end that a logarithmic axis cannot show is its lower edge.
                IEnumerable<Spot> high = Enumerable.Range(start, i - start).Select(k => new Spot(X(band.X[k]), Y(band.High[k])));
                IEnumerable<Spot> low = Enumerable.Range(start, i - start).Select(k => new Spot(X(band.X[k]), chart.Y.Takes(band.Low[k]) ? Y(band.Low[k]) : plot.Bottom));
                picture.Add(new AreaElement([.. high, .. low.Reverse()], colour, .2));
            }
            start = i + 1;
        }
    }

    private void DrawPoints(PointMark points, string colour)
    {
        for (int i = 0; i < points.X.Length; i++)
        {
            if (!Visible(points.X[i], points.Y[i])) continue;
            var spot = new Spot(X(points.X[i]), Y(points.Y[i]));
            picture.Add(new MarkerElement(points.Shape, spot, points.Size, colour, palette.Background, points.Opacity));
        }
    }

    private void DrawBars(BarMark bars, string colour)
    {
        for (int i = 0; i < bars.Top.Length; i++)
        {
            double end = bars.Top[i], foot = chart.Y.Takes(bars.Bottom[i]) ? Y(bars.Bottom[i]) : plot.Bottom;
            if (!chart.Y.Takes(end)) continue;
            double x = X(bars.Left[i]), width = X(bars.Right[i]) - x, y = Y(end);
            picture.Rectangle(new Box(x, Math.Min(y, foot), width, Math.Abs(foot - y)), colour, opacity: bars.Opacity);
            double above = Math.Min(y, foot);
            if (bars.ErrorLow is not null && bars.ErrorHigh is not null && chart.Y.Takes(bars.ErrorLow[i]) && chart.Y.Takes(bars.ErrorHigh[i]) && bars.ErrorLow[i] < bars.ErrorHigh[i])
            {
                double middle = x + width / 2, cap = Math.Min(6, width / 4), low = Y(bars.ErrorLow[i]), high = Y(bars.ErrorHigh[i]);
                picture.Line(middle, low, middle, high, palette.Ink, 1.5);
                picture.Line(middle - cap, low, middle + cap, low, palette.Ink, 1.5);
                picture.Line(middle - cap, high, middle + cap, high, palette.Ink, 1.5);
                above = Math.Min(above, high);
            }
            if (bars.Labels?[i] is { } label && TextWidth.Of(label, 11) < width + 6)
                picture.Text(label, x + width / 2, above - 4, 11, palette.Ink, Anchor.Middle);
        }
    }

    private void DrawCells(CellMark cells)
    {
        int rows = cells.Values.Length, columns = cells.Values[0].Length;
        if (rows * columns > MostRectangles)
        {
            DrawPixels(cells, rows, columns);
            return;
        }
        double width = plot.Width / columns, height = plot.Height / rows, gap = Math.Min(width, height) > 8 ? 1 : 0;
        double size = Math.Min(13, height * .5);
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                double value = cells.Values[r][c];
                if (double.IsNaN(value)) continue;
                string fill = palette.Ramp(cells.Ramp, Share(cells, value));
                var box = new Box(X(c) - width / 2, Y(r) - height / 2, width - gap, height - gap);
                picture.Rectangle(box, fill);
                if (cells.Labels?[r][c] is not { Length: > 0 } label) continue;
                double fitted = Math.Min(size, size * (width - 4) / TextWidth.Of(label, size));
                if (fitted >= 7) picture.Text(label, X(c), Y(r) + fitted * .36, fitted, Palette.InkOn(fill), Anchor.Middle);
            }
    }

    private void DrawPixels(CellMark cells, int rows, int columns)
    {
        byte[] rgba = new byte[rows * columns * 4];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                int from = chart.Y.Reversed ? r : rows - 1 - r, at = (r * columns + c) * 4;
                (int red, int green, int blue) = palette.RampRgb(cells.Ramp, Share(cells, cells.Values[from][c]));
                (rgba[at], rgba[at + 1], rgba[at + 2]) = ((byte)red, (byte)green, (byte)blue);
                rgba[at + 3] = double.IsNaN(cells.Values[from][c]) ? (byte)0 : (byte)255;
            }
        picture.Add(new PixelElement(plot, columns, rows, rgba));
    }

    private static double Share(CellMark cells, double value) => cells.High > cells.Low ? (value - cells.Low) / (cells.High - cells.Low) : .5;
}
