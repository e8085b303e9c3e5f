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
                for (int row = 0; row < set.Count && charts.Count < Count; row++) charts.Add(DrawImage(set, row, RowTitle.Of(set, row), false));
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
        Shape item = data.Features[0].ItemShape;
        (int, int, int) size = ImageChart.SizeOf(item, ImageShape) ?? throw NotAnImage(item);
        float[] values = new float[item.ElementCount];
        data.ReadFeature(0, [row], values);
        Chart chart = ImageChart.Create(values, size, title, alert);
        ImageChart.Mark(chart, data, row, Palette);
        return chart;
    }

    private ExperimentException NotAnImage(Shape item) =>
        new("NotAnImage", ErrorKind.InvalidData,
            $"{Kind} draws images of 1 or 3 channels (such as 1,28,28 or 3,32,32); the rows have the shape {item}. Give -ImageShape if they are flat.", this);
}
