using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>
/// Images in rows and columns: of a data set, with their classes; or of predictions with -Dataset, with predicted and actual class and
/// the mistakes in another colour.
/// </summary>
[CatalogueEntry("ImageGrid")]
public sealed class ImageGridPlot : Plot
{
    /// <summary>Images in a row, 1 to 100.</summary>
    [Range(1, 100)]
    public int Columns { get; set; } = 8;

    /// <summary>How many images at most, 1 to 1000.</summary>
    [Range(1, 1000)]
    public int Count { get; set; } = 32;

    /// <summary>The data set whose rows were predicted, when predictions are piped in.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>The height and width of rows that are flat lists of pixels; by default a square.</summary>
    public Shape? ImageShape { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        var charts = new List<Chart>();
        foreach (object item in data.Items)
        {
            if (charts.Count >= Count) break;
            if (item is Dataset set)
            {
                float[] labels = new float[set.Count];
                if (set.ClassNames is not null) set.ReadTarget(0, [.. Enumerable.Range(0, set.Count)], labels);
                for (int row = 0; row < set.Count && charts.Count < Count; row++)
                    charts.Add(DrawImage(set, row, set.ClassNames is { } names ? names[(int)labels[row]] : "", false));
                continue;
            }
            Dataset images = Dataset ?? throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument,
                $"{Kind} draws a data set, or predictions together with the data set they were made of: give it with -Dataset.", item);
            double place = data.Number(item, "Row");
            if (!(place >= 0 && place < images.Count))
                throw new ExperimentException("NoSuchRow", ErrorKind.InvalidData, $"A prediction is of row {place}, but the data set has {images.Count} rows (0 to {images.Count - 1}).", item);
            string predicted = data.Text(item, "Prediction") ?? "", actual = data.Text(item, "Actual") ?? predicted;
            charts.Add(DrawImage(images, (int)place, predicted == actual ? predicted : $"{predicted}, not {actual}", predicted != actual));
        }
        int columns = Math.Min(Columns, charts.Count), rows = (charts.Count + columns - 1) / columns;
        return new Figure(charts, columns) { Title = Title, Width = Math.Max(160, 28 + columns * 86), Height = 34 + (Title.Length > 0 ? 30 : 0) + rows * 104 };
    }

    private Chart DrawImage(Dataset data, int row, string title, bool alert)
    {
        (int channels, int height, int width) = Size(data.Features[0].ItemShape);
        float[] values = new float[data.Features[0].ItemShape.ElementCount];
        data.ReadFeature(0, [row], values);
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

    private (int Channels, int Height, int Width) Size(Shape item)
    {
        int[] sizes = [.. ImageShape ?? item];
        if (ImageShape is null && item.Count == 1 && Math.Sqrt(item.ElementCount) is var side && side == Math.Floor(side)) sizes = [(int)side, (int)side];
        if (sizes.Length == 2) sizes = [1, .. sizes];
        if (sizes.Length == 3 && sizes[0] is 1 or 3 && sizes.Aggregate(1, (a, b) => a * b) == item.ElementCount) return (sizes[0], sizes[1], sizes[2]);
        throw new ExperimentException("NotAnImage", ErrorKind.InvalidData,
            $"{Kind} draws images of 1 or 3 channels (such as 1,28,28 or 3,32,32); the rows have the shape {item}. Give -ImageShape if they are flat.", this);
    }
}
