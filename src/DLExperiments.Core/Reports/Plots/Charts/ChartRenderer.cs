using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Charts;

/// <summary>Draws one chart: title and legend above, axes with their labels outside, the marks inside.</summary>
internal sealed class ChartRenderer(Picture picture, Palette palette, Chart chart)
{
    private const double TickSize = 11.5, LabelSize = 12.5, TitleSize = 13, LegendSize = 12, LegendRow = 19, MostLegendRows = 5, Slant = 35, Short = 30;

    internal void Draw(Box box)
    {
        chart.Fit();
        double top = box.Y;
        if (chart.Title.Length > 0)
        {
            double size = chart.X.Visible ? TitleSize : Math.Clamp(box.Width / 7, 8, 11);
            string fitted = TextWidth.Fit(chart.Title, size * 1.07, box.Width);
            bool centre = !chart.X.Visible;
            picture.Text(fitted, centre ? box.X + box.Width / 2 : box.X, top + size, size, chart.Alert ? palette.Series[1] : palette.Ink,
                centre ? Anchor.Middle : Anchor.Start, bold: !centre || chart.Alert);
            top += size + (centre ? 4 : 9);
        }
        top = DrawLegend(box, top) + (chart.X.Visible ? 6 : 0);
        Box plot = Place(new Box(box.X, top, box.Width, box.Bottom - top), out IReadOnlyList<Tick> xTicks, out IReadOnlyList<Tick> yTicks, out bool slanted);
        if (chart.X.Visible) DrawAxes(plot, xTicks, yTicks, slanted, new Box(box.X, top, box.Width, box.Bottom - top));
        var marks = new MarkRenderer(picture, palette, chart, plot);
        Box clip = new(plot.X - 6, plot.Y - 6, plot.Width + 12, plot.Height + 12);
        picture.Group("marks", null, () =>
        {
            foreach (Mark mark in chart.Marks.OrderBy(m => m is BandMark ? 0 : m is PixelMark ? -1 : 1)) picture.Group(mark.GetType().Name[..^4].ToLowerInvariant(), mark.Name, () => marks.Draw(mark));
        }, clip);
        if (chart.Marks.OfType<CellMark>().FirstOrDefault(c => c.Bar) is { } cells) DrawColourBar(plot, cells);
    }

    private Box Place(Box room, out IReadOnlyList<Tick> xTicks, out IReadOnlyList<Tick> yTicks, out bool slanted)
    {
        slanted = false;
        xTicks = yTicks = [];
        double left = room.X, right = room.Right, bottom = room.Bottom;
        if (chart.X.Visible)
        {
            yTicks = chart.Y.Ticks(Math.Max(2, (int)(room.Height / 48)));
            double labels = yTicks.Count == 0 ? 0 : yTicks.Max(t => Math.Min(TextWidth.Of(t.Label, TickSize), room.Width * .3));
            left += labels + 9 + (chart.Y.Label.Length > 0 ? LabelSize + 8 : 0);
            if (chart.Marks.Any(m => m is CellMark { Bar: true })) right -= 66;
            xTicks = chart.X.Ticks(Math.Max(2, (int)((right - left) / 78)));
            double widest = xTicks.Count == 0 ? 0 : xTicks.Max(t => TextWidth.Of(t.Label, TickSize));
            if (chart.X.Categories is null) right -= Math.Min(widest / 2, 24);
            slanted = chart.X.Categories is { Count: > 0 } names && widest > Short && widest + 8 > (right - left) / names.Count;
            double below = slanted ? Math.Min(widest, MostSlanted(room)) * Math.Sin(Slant * Math.PI / 180) + TickSize : TickSize + 2;
            bottom -= below + 7 + (chart.X.Label.Length > 0 ? LabelSize + 9 : 0);
        }
        double width = Math.Max(10, right - left), height = Math.Max(10, bottom - room.Y);
        if (!chart.Square) return new Box(left, room.Y, width, height);
        double unit = Math.Min(width / (chart.X.High - chart.X.Low), height / (chart.Y.High - chart.Y.Low));
        double w = unit * (chart.X.High - chart.X.Low), h = unit * (chart.Y.High - chart.Y.Low);
        return new Box(chart.X.Visible ? left : left + (width - w) / 2, room.Y, w, h);
    }

    private static double MostSlanted(Box room) => room.Height * .45;

    private void DrawAxes(Box plot, IReadOnlyList<Tick> xTicks, IReadOnlyList<Tick> yTicks, bool slanted, Box room)
    {
        bool cells = chart.Marks.Any(m => m is CellMark);
        picture.Group("axis y", chart.Y.Label, () =>
        {
            double widest = plot.X - room.X - 8 - (chart.Y.Label.Length > 0 ? LabelSize + 8 : 0);
            // Labels of a crowded list of names are left out evenly, never printed over each other.
            int stride = Math.Max(1, (int)Math.Ceiling(yTicks.Count * TickSize * 1.5 / plot.Height));
            for (int i = 0; i < yTicks.Count; i += stride)
            {
                double y = plot.Bottom - chart.Y.Map(yTicks[i].Value) * plot.Height;
                if (!cells && chart.Y.Categories is null) picture.Line(plot.X, y, plot.Right, y, palette.Grid);
                picture.Text(TextWidth.Fit(yTicks[i].Label, TickSize, widest), plot.X - 7, y + TickSize * .36, TickSize, palette.Faint, Anchor.End);
            }
            if (chart.Y.Label.Length > 0)
                picture.Text(TextWidth.Fit(chart.Y.Label, LabelSize, Math.Max(plot.Height, 60)), room.X + LabelSize - 1, plot.Y + plot.Height / 2, LabelSize, palette.Ink, Anchor.Middle, angle: -90);
        });
        picture.Group("axis x", chart.X.Label, () =>
        {
            double step = slanted ? TickSize * 1.8 : chart.X.Categories is null ? 0 : xTicks.Max(t => TextWidth.Of(t.Label, TickSize)) + 8;
            int stride = Math.Max(1, (int)Math.Ceiling(xTicks.Count * step / plot.Width));
            for (int i = 0; i < xTicks.Count; i += stride)
            {
                double x = plot.X + chart.X.Map(xTicks[i].Value) * plot.Width;
                if (!cells && chart.X.Categories is null) picture.Line(x, plot.Y, x, plot.Bottom, palette.Grid);
                if (slanted)
                    picture.Text(TextWidth.Fit(xTicks[i].Label, TickSize, Math.Min(MostSlanted(room), (x - room.X) / Math.Cos(Slant * Math.PI / 180))), x + 4, plot.Bottom + TickSize + 4, TickSize, palette.Faint, Anchor.End, angle: -Slant);
                else picture.Text(xTicks[i].Label, x, plot.Bottom + TickSize + 5, TickSize, palette.Faint, Anchor.Middle);
            }
            if (chart.X.Label.Length > 0)
                picture.Text(TextWidth.Fit(chart.X.Label, LabelSize, plot.Width + 40), plot.X + plot.Width / 2, Math.Min(room.Bottom - 4, SquareBottom(plot, room, slanted, xTicks)), LabelSize, palette.Ink, Anchor.Middle);
        });
        if (!cells)
        {
            picture.Line(plot.X, plot.Bottom, plot.Right, plot.Bottom, palette.Frame);
            picture.Line(plot.X, plot.Y, plot.X, plot.Bottom, palette.Frame);
        }
    }

    // A square chart may end far above the room's end; its label stays near.
    private static double SquareBottom(Box plot, Box room, bool slanted, IReadOnlyList<Tick> ticks)
    {
        double widest = slanted ? Math.Min(ticks.Max(t => TextWidth.Of(t.Label, TickSize)), MostSlanted(room)) * Math.Sin(Slant * Math.PI / 180) : 0;
        return plot.Bottom + TickSize + widest + LabelSize + 14;
    }

    private double DrawLegend(Box box, double top)
    {
        Mark[] marks = [.. chart.LegendMarks];
        if (marks.Length == 0) return top;
        picture.Group("legend", null, () =>
        {
            double x = box.X, most = Math.Min(280, box.Width - 40);
            int row = 0;
            for (int i = 0; i < marks.Length; i++)
            {
                string name = TextWidth.Fit(marks[i].Name!, LegendSize, most);
                double width = 28 + TextWidth.Of(name, LegendSize) + 14;
                if (x > box.X && x + width > box.Right)
                {
                    if (row + 1 == MostLegendRows)
                    {
                        picture.Text($"and {marks.Length - i} more", x, top + LegendSize, LegendSize, palette.Faint);
                        break;
                    }
                    row++;
                    x = box.X;
                    top += LegendRow;
                }
                DrawKey(marks[i], x, top + LegendSize * .62);
                picture.Text(name, x + 28, top + LegendSize, LegendSize, palette.Ink);
                x += width;
            }
        });
        return top + LegendRow;
    }

    private void DrawKey(Mark mark, double x, double y)
    {
        string colour = mark.Colour ?? palette.Ink;
        switch (mark)
        {
            case LineMark line:
                picture.Line(x, y, x + 22, y, colour, line.Thickness, line.Dashed ? [6, 4] : null);
                if (line.Dots) picture.Add(new MarkerElement(MarkerShape.Circle, new(x + 11, y), 3.5, colour, null, 1));
                break;
            case RuleMark:
                picture.Line(x, y, x + 22, y, colour, 1.5, [2, 3]);
                break;
            case PointMark points:
                picture.Add(new MarkerElement(points.Shape, new(x + 11, y), 4.5, colour, null, 1));
                break;
            default:
                picture.Rectangle(new Box(x + 4, y - 6, 14, 12), colour, opacity: mark is BandMark ? .3 : 1);
                break;
        }
    }

    private void DrawColourBar(Box plot, CellMark cells) => picture.Group("colourbar", null, () =>
    {
        const int steps = 48;
        double x = plot.Right + 14, height = plot.Height / steps;
        for (int i = 0; i < steps; i++)
            picture.Rectangle(new Box(x, plot.Bottom - (i + 1) * height, 12, height + .5), palette.Ramp(cells.Ramp, (i + .5) / steps));
        var axis = new Axis { Tight = true };
        axis.Include([cells.Low, cells.High]);
        axis.Fit();
        foreach (Tick tick in axis.Ticks(Math.Max(2, (int)(plot.Height / 60))))
            picture.Text(tick.Label, x + 17, plot.Bottom - axis.Map(tick.Value) * plot.Height + TickSize * .36, TickSize, palette.Faint);
    });
}
