using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>
/// What went in, what was wanted and what came out, side by side: reconstructions, denoised images, or masks, which are drawn over the image. From
/// predictions of a network that gives images, with the data set they were made of.
/// </summary>
[CatalogueEntry("ImagePairs")]
public sealed class ImagePairsPlot : Plot
{
    /// <summary>The data set whose rows were predicted.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>Whether outputs are logits, as of a loss with logits: the logistic function makes them shares.</summary>
    public bool Logits { get; set; }

    /// <summary>Whether targets and predictions are masks, drawn over the image in colours; when the network gives a number for each class they always are.</summary>
    public bool Mask { get; set; }

    /// <summary>How many rows at most, 1 to 200.</summary>
    [Range(1, 200)]
    public int Count { get; set; } = 6;

    /// <summary>The height and width of rows that are flat lists of pixels; by default a square.</summary>
    public Shape? ImageShape { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        Dataset images = Dataset ?? throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"{Kind} needs -Dataset: the data set that the predictions were made of.");
        (int Channels, int Height, int Width) size = ImageChart.Size(Kind, images.Features[0].ItemShape, ImageShape);
        var charts = new List<Chart>();
        foreach (object item in data.Items.Take(Count))
        {
            double row = data.Number(item, "Row");
            if (!(row >= 0 && row < images.Count)) throw new ExperimentException("NoSuchRow", ErrorKind.InvalidData, $"A prediction is of row {row}, but the data set has {images.Count} rows.", item);
            if (item is not ValuePrediction prediction) throw Nothing("the predictions are classes of whole rows, not images.");
            float[] input = Read(images, (int)row, false), target = images.Targets is [var column, ..] && column.ItemShape.ElementCount > 1 ? Read(images, (int)row, true) : input;
            float[] output = [.. prediction.Values.Select(v => (float)(Logits ? 1 / (1 + Math.Exp(-v)) : v))];
            bool first = charts.Count == 0;
            charts.Add(Picture(first ? "Input" : "", input, size));
            int pixels = size.Height * size.Width;
            if (Mask || (target.Length == pixels && output.Length > pixels && output.Length % pixels == 0 && output.Length != input.Length))
            {
                charts.Add(Overlay(first ? "Actual" : "", input, [.. target.Take(pixels).Select(t => (int)Math.Round(t))], size));
                charts.Add(Overlay(first ? "Prediction" : "", input, Classes(output, pixels), size));
                continue;
            }
            if (output.Length != target.Length || output.Length % pixels != 0)
                throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidData, $"{Kind}: the network gives {output.Length} numbers for an image of {size.Channels}×{size.Height}×{size.Width} and a target of {target.Length}.", item);
            if (!ReferenceEquals(target, input)) charts.Add(Picture(first ? "Actual" : "", target, size with { Channels = target.Length / pixels }));
            // On the scale of what is wanted: what lies outside of it is cut, not stretched.
            (float low, float high) = ImageChart.Range(target);
            charts.Add(ImageChart.Picture(first ? "Prediction" : "", output, size with { Channels = output.Length / pixels == 3 ? 3 : 1 }, low, high));
        }
        int columns = charts.Count / Math.Min(Count, data.Items.Count);
        return new Figure(charts, columns) { Title = Title, Width = 28 + columns * 136, Height = 34 + (Title.Length > 0 ? 30 : 0) + charts.Count / columns * 150 };
    }

    private static float[] Read(Dataset data, int row, bool target)
    {
        float[] values = new float[(target ? data.Targets[0] : data.Features[0]).ItemShape.ElementCount];
        if (target) data.ReadTarget(0, [row], values);
        else data.ReadFeature(0, [row], values);
        return values;
    }

    private static Chart Picture(string title, float[] values, (int Channels, int Height, int Width) size)
    {
        (float low, float high) = ImageChart.Range(values);
        return ImageChart.Picture(title, values, size with { Channels = size.Channels == 3 ? 3 : 1 }, low, high);
    }

    // One number a pixel is the share of class 1; several are a score for each class.
    private static int[] Classes(float[] output, int pixels) => output.Length == pixels ? [.. output.Select(v => v > .5f ? 1 : 0)]
        : [.. Enumerable.Range(0, pixels).Select(p => Enumerable.Range(0, output.Length / pixels).MaxBy(c => output[c * pixels + p]))];

    private Chart Overlay(string title, float[] image, int[] classes, (int Channels, int Height, int Width) size)
    {
        (float low, float high) = ImageChart.Range(image);
        byte[] rgba = new byte[classes.Length * 4];
        for (int p = 0; p < classes.Length; p++)
        {
            double grey = Enumerable.Range(0, size.Channels).Average(c => (image[c * classes.Length + p] - low) / Math.Max(high - low, 1e-12f));
            (int r, int g, int b) = Drawing.Palette.Rgb(Palette.Colour(Math.Max(0, classes[p] - 1)));
            double share = classes[p] == 0 ? 0 : .6; // class 0 is the background
            (rgba[4 * p], rgba[4 * p + 1], rgba[4 * p + 2], rgba[4 * p + 3]) = (Mix(grey, r, share), Mix(grey, g, share), Mix(grey, b, share), 255);
        }
        return ImageChart.Of(title, rgba, size, false);
    }

    private static byte Mix(double grey, int channel, double share) => (byte)Math.Clamp((1 - share) * 255 * grey + share * channel, 0, 255);
}
