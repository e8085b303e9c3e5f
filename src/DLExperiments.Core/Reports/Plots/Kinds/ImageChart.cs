using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Models;
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
        (float low, float high) = Range(values);
        return Picture(title, values, size, low, high, alert);
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

    /// <summary>An image in grey or colour.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="values">Channels, rows, columns.</param>
    /// <param name="size">How many of each; 1 or 3 channels.</param>
    /// <param name="low">What is black.</param>
    /// <param name="high">What is white.</param>
    /// <param name="alert">Whether the title marks a mistake.</param>
    internal static Chart Picture(string title, ReadOnlySpan<float> values, (int Channels, int Height, int Width) size, double low, double high, bool alert = false)
    {
        int pixels = size.Height * size.Width;
        byte[] rgba = new byte[pixels * 4];
        for (int p = 0; p < pixels; p++)
        {
            for (int c = 0; c < 3; c++)
                rgba[p * 4 + c] = (byte)Math.Clamp(255 * (values[(size.Channels == 3 ? c : 0) * pixels + p] - low) / Math.Max(high - low, 1e-12), 0, 255);
            rgba[p * 4 + 3] = 255;
        }
        return Of(title, rgba, size, alert);
    }

    /// <summary>Numbers as colours of a ramp.</summary>
    internal static Chart Ramp(string title, ReadOnlySpan<float> values, int height, int width, Palette palette, ColourRamp ramp, double low, double high)
    {
        byte[] rgba = new byte[height * width * 4];
        for (int p = 0; p < height * width; p++)
        {
            (int r, int g, int b) = palette.RampRgb(ramp, high > low ? (values[p] - low) / (high - low) : .5);
            (rgba[p * 4], rgba[p * 4 + 1], rgba[p * 4 + 2], rgba[p * 4 + 3]) = ((byte)r, (byte)g, (byte)b, 255);
        }
        return Of(title, rgba, (1, height, width), false);
    }

    /// <summary>An image of colours that were chosen before.</summary>
    internal static Chart Of(string title, byte[] rgba, (int Channels, int Height, int Width) size, bool alert)
    {
        var chart = new Chart { Title = title, Alert = alert, Square = true, X = new Axis { Visible = false, Tight = true }, Y = new Axis { Visible = false, Tight = true } };
        chart.Marks.Add(new PixelMark(0, size.Width, 0, size.Height, size.Width, size.Height, rgba) { Name = title });
        return chart;
    }

    /// <summary>A figure of images in rows and columns.</summary>
    internal static Figure Grid(IReadOnlyList<Chart> charts, int columns, string title)
    {
        columns = Math.Min(columns, charts.Count);
        int rows = (charts.Count + columns - 1) / columns;
        return new Figure(charts, columns) { Title = title, Width = Math.Max((int)Math.Max(160, TextWidth.Of(title, 18) + 28), 28 + columns * 86), Height = 34 + (title.Length > 0 ? 30 : 0) + rows * 104 };
    }

    /// <summary>The range of an image's values: 0 to 1 where they lie in it, else their own.</summary>
    internal static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        foreach (float value in values) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        float low = Math.Min(0, least);
        return (low, most > 1 || low < 0 ? most : 1);
    }

    /// <summary>Channels, height and width of an item, or an error.</summary>
    /// <param name="kind">The plot, for the message.</param>
    /// <param name="item">The item's shape.</param>
    /// <param name="asked">Height and width, or all three, of flat items; null for a square.</param>
    /// <exception cref="ExperimentException">NotAnImage.</exception>
    internal static (int Channels, int Height, int Width) Size(string kind, Shape item, Shape? asked) => SizeOf(item, asked) ?? throw new ExperimentException("NotAnImage", ErrorKind.InvalidData,
        $"{kind} draws images of 1 or 3 channels (such as 1,28,28 or 3,32,32); the rows have the shape {item}. Give -ImageShape if they are flat.", kind);

    /// <summary>The models of what was piped in: models, or results of trainings.</summary>
    /// <exception cref="ExperimentException">MissingModel.</exception>
    internal static Model[] Models(string kind, PlotData data) => [.. data.Items.Select(i => i as Model ?? data.Value(i, "Model") as Model
        ?? throw new ExperimentException("MissingModel", ErrorKind.InvalidArgument, $"{kind} draws a model, or the result of a training; it got {i.GetType().Name}.", i))];

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
