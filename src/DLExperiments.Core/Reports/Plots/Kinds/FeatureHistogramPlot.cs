using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>How the numbers of a data set are spread: a histogram for each column of a table, each channel of images, and each number that is a target.</summary>
[CatalogueEntry("FeatureHistogram")]
public sealed class FeatureHistogramPlot : DatasetPlot
{
    private const int MostRows = 5000, MostValues = 2_000_000;
    private static readonly string[] Colours = ["Red", "Green", "Blue"];

    /// <summary>How many bins, 2 to 1000.</summary>
    [Range(2, 1000)]
    public int Bins { get; set; } = 30;

    /// <summary>How many columns at most, 1 to 100.</summary>
    [Range(1, 100)]
    public int Count { get; set; } = 16;

    private protected override Figure Draw(Dataset data)
    {
        var charts = new List<Chart>();
        // Enough rows to see, spread evenly over all.
        int most = Math.Clamp(MostValues / data.InputShape.ElementCount, 1, MostRows), count = Math.Min(data.Count, most);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        foreach ((string name, float[] values) in Columns(data, rows).Take(Count))
            if (Draw(name, values, charts.Count) is { } chart) charts.Add(chart);
        if (charts.Count == 0) throw Nothing("the data set has no numbers.");
        int across = Math.Min(4, charts.Count), down = (charts.Count + across - 1) / across;
        return new Figure(charts, across) { Title = Title, Width = across == 1 ? 560 : 60 + 230 * across, Height = 60 + (across == 1 ? 340 : 190 * down) };
    }

    private static IEnumerable<(string Name, float[] Values)> Columns(Dataset data, int[] rows)
    {
        for (int f = 0; f < data.Features.Count; f++)
        {
            DataColumn column = data.Features[f];
            if (column is SequenceColumn) continue;
            int size = column.ItemShape.ElementCount;
            float[] values = new float[rows.Length * size];
            data.ReadFeature(f, rows, values);
            if (f == 0 && data.Schema is { } schema && schema.FeatureWidth == size)
            {
                int at = 0;
                foreach (var table in schema.Features)
                {
                    if (table.Width == 1) yield return (table.Name, Every(values, at, size));
                    at += table.Width;
                }
            }
            else if (column.ItemShape is { Count: 3 } shape && shape[0] is > 1 and <= 4)
                for (int c = 0; c < shape[0]; c++) yield return ($"{column.Name}, {(shape[0] == 3 ? Colours[c] : $"channel {c}")}", Plane(values, c, size / shape[0], size));
            else yield return (column.Name, values);
        }
        for (int t = 0; t < data.Targets.Count; t++)
        {
            if (data.Targets[t] is ClassColumn or BoxColumn or SequenceColumn || data.Targets[t].ItemShape.ElementCount != 1) continue;
            float[] values = new float[rows.Length];
            data.ReadTarget(t, rows, values);
            yield return (data.Targets[t].Name, values);
        }
    }

    private static float[] Every(float[] values, int at, int size) => [.. Enumerable.Range(0, values.Length / size).Select(r => values[r * size + at])];

    private static float[] Plane(float[] values, int channel, int plane, int size) =>
        [.. Enumerable.Range(0, values.Length / size).SelectMany(r => values.Skip(r * size + channel * plane).Take(plane))];

    private Chart? Draw(string name, float[] values, int place)
    {
        float low = float.MaxValue, high = float.MinValue;
        foreach (float value in values)
            if (float.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return null;
        double from = low, width = high > low ? ((double)high - low) / Bins : 1;
        double[] counts = new double[high > low ? Bins : 1], left = [.. counts.Select((_, i) => from + i * width)];
        foreach (float value in values)
            if (float.IsFinite(value)) counts[Math.Clamp((int)((value - from) / width), 0, counts.Length - 1)]++;
        var chart = new Chart { Title = name, X = new Axis { Label = XLabel ?? "" }, Y = new Axis { Label = YLabel ?? "", Grounded = true } };
        chart.Marks.Add(new BarMark(left, [.. left.Select(l => l + width)], new double[counts.Length], counts) { Colour = Palette.Colour(place % 8), Opacity = .85 });
        return chart;
    }
}
