using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>
/// What a layer of a model looks for: the kernels of a convolution, or the weights of a linear layer on flat images, blue below zero and orange
/// above on one scale; kernels of three input channels as colours.
/// </summary>
[CatalogueEntry("Filters")]
public sealed class FiltersPlot : Plot
{
    /// <summary>The layer; by default the first that has such weights.</summary>
    public string? Layer { get; set; }

    /// <summary>The input channel to draw, from 0; by default colours for three channels, and the mean over more.</summary>
    [Range(0, int.MaxValue)]
    public int? Channel { get; set; }

    /// <summary>Images in a row, 1 to 100.</summary>
    [Range(1, 100)]
    public int Columns { get; set; } = 8;

    /// <summary>How many filters at most, 1 to 1000.</summary>
    [Range(1, 1000)]
    public int Count { get; set; } = 64;

    /// <summary>The height and width of the flat images of a linear layer; by default a square.</summary>
    public Shape? ImageShape { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        Model model = ImageChart.Models(Kind, data)[0];
        WeightTensor weight = Find(model);
        int filters = weight.Shape[0], each = weight.Shape.ElementCount / filters;
        (int inputs, int height, int width) = weight.Shape.Count == 4 ? (weight.Shape[1], weight.Shape[2], weight.Shape[3]) : ImageChart.Size(Kind, new Shape(each), ImageShape);
        if (Channel >= inputs)
            throw new ExperimentException("NoSuchChannel", ErrorKind.InvalidArgument, $"{Kind}: the layer has {inputs} input channels (0 to {inputs - 1}), not {Channel}.", Channel);
        bool colours = inputs == 3 && Channel is null;
        float[][] images = [.. weight.Values.Chunk(each).Take(Count).Select(f => colours ? f : Channel is { } c ? f.AsSpan(c * height * width, height * width).ToArray() : Mean(f, inputs))];
        double most = Math.Max(images.Max(i => i.Max(Math.Abs)), 1e-12f);
        Chart[] charts = [.. images.Select((image, i) => colours ? ImageChart.Picture($"{i}", image, (3, height, width), image.Min(), image.Max())
            : ImageChart.Ramp($"{i}", image, height, width, Palette, ColourRamp.Diverging, -most, most))];
        return ImageChart.Grid(charts, Columns, Title.Length > 0 ? Title : $"{weight.Name} {weight.Shape}");
    }

    private WeightTensor Find(Model model)
    {
        bool Fits(WeightTensor t) => !t.IsBuffer && (t.Shape.Count == 4 || (t.Shape.Count == 2 && (ImageShape is not null || Math.Sqrt(t.Shape[1]) % 1 == 0)));
        if (Layer is null)
            return model.Weights.Tensors.FirstOrDefault(Fits) ?? throw Nothing("no layer of the model has the weights of images.");
        model.Network.ShapeOf(Layer); // an unknown name is told with near ones
        return model.Weights.Tensors.FirstOrDefault(t => t.Name.StartsWith(Layer + ".", StringComparison.OrdinalIgnoreCase) && Fits(t))
            ?? throw Nothing($"'{Layer}' is no convolution over images, and no linear layer on flat ones.");
    }

    private static float[] Mean(float[] filter, int inputs)
    {
        int size = filter.Length / inputs;
        return [.. Enumerable.Range(0, size).Select(p => (float)Enumerable.Range(0, inputs).Average(c => filter[c * size + p]))];
    }
}
