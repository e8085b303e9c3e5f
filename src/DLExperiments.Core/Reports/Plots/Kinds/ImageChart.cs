using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>One image as a chart of its own: pixels, and over them what its target marks in it.</summary>
internal static class ImageChart
{
    /// <summary>Channels, height and width of rows that can be seen as images; null for others.</summary>
    /// <param name="item">The shape of a row.</param>
    /// <param name="given">The shape that flat rows are said to have, or null.</param>
    internal static (int Channels, int Height, int Width)? SizeOf(Shape item, Shape? given)
    {
        int[] sizes = [.. given ?? item];
        if (given is null && item.Count == 1 && Math.Sqrt(item.ElementCount) is var side && side == Math.Floor(side)) sizes = [(int)side, (int)side];
        if (sizes.Length == 2) sizes = [1, .. sizes];
        return sizes.Length == 3 && sizes[0] is 1 or 3 && sizes.Aggregate(1, (a, b) => a * b) == item.ElementCount ? (sizes[0], sizes[1], sizes[2]) : null;
    }

    /// <summary>Draws an image.</summary>
    /// <param name="values">Its numbers: in [0,1], or of any range, which is then stretched.</param>
    /// <param name="size">Channels, height and width.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="alert">Whether that is a mistake.</param>
    internal static Chart Create(float[] values, (int Channels, int Height, int Width) size, string title, bool alert = false)
    {
        (int channels, int height, int width) = size;
        float low = Math.Min(0, values.Min()), high = values.Max() is var top && top > 1 || low < 0 ? values.Max() : 1;
        byte[] rgba = new byte[height * width * 4];
        for (int p = 0; p < height * width; p++)
        {
            for (int c = 0; c < 3; c++)
                rgba[p * 4 + c] = (byte)Math.Clamp(255 * (values[(channels == 3 ? c : 0) * height * width + p] - low) / Math.Max(high - low, 1e-12f), 0, 255);
            rgba[p * 4 + 3] = 255;
        }
        var chart = new Chart { Title = title, Alert = alert, Square = true, X = new Axis { Visible = false, Tight = true }, Y = new Axis { Visible = false, Tight = true } };
        chart.Marks.Add(new PixelMark(0, width, 0, height, width, height, rgba) { Name = title });
        return chart;
    }

    /// <summary>Draws the boxes or the mask that a row's target puts into its image.</summary>
    internal static void Mark(Chart chart, Dataset data, int row, Palette palette)
    {
        var pixels = (PixelMark)chart.Marks[0];
        foreach (DataColumn column in data.Targets)
        {
            bool mask = column.ItemShape.Count is 2 or 3 && column is not BoxColumn && column.ItemShape.ElementCount == pixels.Rows * pixels.Columns;
            if (!mask && column is not BoxColumn) continue;
            float[] target = new float[column.ItemShape.ElementCount];
            column.Read([data.Rows[row]], target);
            if (column is BoxColumn) DrawBoxes(chart, target, pixels, palette);
            else if (Array.TrueForAll(target, float.IsInteger)) Tint(pixels.Rgba, target, palette);
        }
    }

    private static void DrawBoxes(Chart chart, float[] boxes, PixelMark pixels, Palette palette)
    {
        for (int i = 0; i < boxes.Length; i += BoxColumn.Numbers)
        {
            if (boxes[i] < 0) continue;
            double left = (boxes[i + 1] - boxes[i + 3] / 2) * pixels.Columns, right = left + boxes[i + 3] * pixels.Columns;
            double top = pixels.Rows - (boxes[i + 2] - boxes[i + 4] / 2) * pixels.Rows, bottom = top - boxes[i + 4] * pixels.Rows;
            chart.Marks.Add(new LineMark([left, right, right, left, left], [top, top, bottom, bottom, top]) { Colour = palette.Colour((int)boxes[i]), Thickness = 1.5 });
        }
    }

    private static void Tint(byte[] rgba, float[] mask, Palette palette)
    {
        for (int p = 0; p < mask.Length; p++)
        {
            if (mask[p] <= 0) continue;
            (int r, int g, int b) = Palette.Rgb(palette.Colour((int)mask[p]));
            (rgba[4 * p], rgba[4 * p + 1], rgba[4 * p + 2]) = ((byte)((rgba[4 * p] + r) / 2), (byte)((rgba[4 * p + 1] + g) / 2), (byte)((rgba[4 * p + 2] + b) / 2));
        }
    }
}
