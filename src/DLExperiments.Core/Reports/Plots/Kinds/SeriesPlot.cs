using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Rows of a data set as lines over time: windows of a series, waveforms.</summary>
[CatalogueEntry("Series")]
public sealed class SeriesPlot : DatasetPlot
{
    private const int MostLines = 8, MostPoints = 2000;

    /// <summary>How many rows, 1 to 100.</summary>
    [Range(1, 100)]
    public int Count { get; set; } = 6;

    /// <summary>Charts beside each other, 1 to 10.</summary>
    [Range(1, 10)]
    public int Columns { get; set; } = 2;

    private protected override Figure Draw(Dataset data)
    {
        Shape shape = data.InputShape;
        if (shape.Count is not (1 or 2)) throw Nothing($"rows of shape {shape} are no series.");
        // [channels, time] as sound has it, or [time, features] as windows have it: time is the longer.
        bool channelsFirst = shape.Count == 2 && shape[0] < shape[1];
        int lines = shape.Count == 1 ? 1 : Math.Min(shape[0], shape[1]), length = shape.ElementCount / lines;
        var charts = new List<Chart>();
        float[] values = new float[shape.ElementCount];
        for (int row = 0; row < Math.Min(Count, data.Count); row++)
        {
            data.ReadFeature(0, [row], values);
            var chart = new Chart { Title = RowTitle.Of(data, row), X = new Axis { Label = XLabel ?? "", Tight = true }, Y = new Axis { Label = YLabel ?? "" } };
            for (int line = 0; line < Math.Min(lines, MostLines); line++)
            {
                double[] all = [.. Enumerable.Range(0, length).Select(t => (double)values[channelsFirst ? line * length + t : t * lines + line])];
                chart.Marks.Add(Line(all, lines > 1 ? $"{line + 1}" : null, Palette.Colour(line)));
            }
            charts.Add(chart);
        }
        int across = Math.Min(Columns, charts.Count), down = (charts.Count + across - 1) / across;
        return new Figure(charts, across) { Title = Title, Width = 60 + 360 * across, Height = 40 + 170 * down };
    }

    /// <summary>A line of as many points as can be seen: of many together the least and the greatest.</summary>
    private static LineMark Line(double[] values, string? name, string colour)
    {
        if (values.Length <= MostPoints) return new LineMark([.. values.Select((_, i) => (double)i)], values) { Name = name, Colour = colour, Thickness = 1.5 };
        int pairs = MostPoints / 2;
        double[] x = new double[2 * pairs], y = new double[2 * pairs];
        for (int i = 0; i < pairs; i++)
        {
            int from = (int)((long)i * values.Length / pairs), to = (int)((long)(i + 1) * values.Length / pairs);
            (x[2 * i], y[2 * i], x[2 * i + 1], y[2 * i + 1]) = (from, values[from..to].Min(), from, values[from..to].Max());
        }
        return new LineMark(x, y) { Name = name, Colour = colour, Thickness = 1 };
    }
}
