using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Charts that are one image each, as grids of images are made of.</summary>
internal static class ImageChart
{
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

    /// <summary>Channels, height and width of an item.</summary>
    /// <param name="kind">The plot, for the message.</param>
    /// <param name="item">The item's shape.</param>
    /// <param name="asked">Height and width, or all three, of flat items; null for a square.</param>
    /// <exception cref="ExperimentException">NotAnImage.</exception>
    internal static (int Channels, int Height, int Width) Size(string kind, Shape item, Shape? asked)
    {
        int[] sizes = [.. asked ?? item];
        if (asked is null && item.Count == 1 && Math.Sqrt(item.ElementCount) is var side && side == Math.Floor(side)) sizes = [(int)side, (int)side];
        if (sizes.Length == 2) sizes = [1, .. sizes];
        if (sizes.Length == 3 && sizes[0] is 1 or 3 && sizes.Aggregate(1, (a, b) => a * b) == item.ElementCount) return (sizes[0], sizes[1], sizes[2]);
        throw new ExperimentException("NotAnImage", ErrorKind.InvalidData,
            $"{kind} draws images of 1 or 3 channels (such as 1,28,28 or 3,32,32); the rows have the shape {item}. Give -ImageShape if they are flat.", kind);
    }

    /// <summary>The models of what was piped in: models, or results of trainings.</summary>
    /// <exception cref="ExperimentException">MissingModel.</exception>
    internal static Model[] Models(string kind, PlotData data) => [.. data.Items.Select(i => i as Model ?? data.Value(i, "Model") as Model
        ?? throw new ExperimentException("MissingModel", ErrorKind.InvalidArgument, $"{kind} draws a model, or the result of a training; it got {i.GetType().Name}.", i))];
}
