using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Models;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>Which class a classifier of two numbers gives every point of the plane, paler where it is less sure, with the points of a data set.</summary>
[CatalogueEntry("DecisionBoundary")]
public sealed class DecisionBoundaryPlot : Plot
{
    /// <summary>The data set whose points are drawn and set the range: a whole one or a piece.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>Places across the picture at which the model is asked, 10 to 1000.</summary>
    [Range(10, 1000)]
    public int Resolution { get; set; } = 160;

    private protected override Figure Draw(PlotData data)
    {
        if (Dataset is null) throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"{Kind} needs -Dataset: its points set the range.");
        if ((data.Items[0] as Model ?? data.Value(data.Items[0], "Model") as Model) is not { } model)
            throw new ExperimentException("MissingModel", ErrorKind.InvalidArgument, $"{Kind} draws a model, or the result of a training; it got {data.Items[0].GetType().Name}.", data.Items[0]);
        if (model.Network.InputShape.ElementCount != 2 || Dataset.Features[0].ItemShape.ElementCount != 2)
            throw new ExperimentException("DataShapeMismatch", ErrorKind.InvalidOperation,
                $"{Kind} is for models of two numbers; the network takes {model.Network.InputShape} and a row has {Dataset.Features[0].ItemShape}.", model);
        float[] points = new float[2 * Dataset.Count];
        Dataset.ReadFeature(0, [.. Enumerable.Range(0, Dataset.Count)], points);
        double[] xs = [.. points.Where((_, i) => i % 2 == 0).Select(p => (double)p)], ys = [.. points.Where((_, i) => i % 2 == 1).Select(p => (double)p)];
        (double left, double right) = Room(xs);
        (double bottom, double top) = Room(ys);
        string[] names = Dataset.Schema?.Features.Select(f => f.Name).ToArray() is { Length: 2 } columns ? columns : ["x1", "x2"];
        var chart = new Chart { X = new Axis { Label = XLabel ?? names[0], Tight = true }, Y = new Axis { Label = YLabel ?? names[1], Tight = true } };
        ClassPrediction[] plane = Ask(model, left, right, bottom, top);
        List<string> classes = [.. model.ClassNames ?? (IEnumerable<string>)plane.Select(p => p.Prediction).Distinct().Order(StringComparer.Ordinal)];
        chart.Marks.Add(new PixelMark(left, right, bottom, top, Resolution, Resolution, Paint(plane, classes)));
        float[] own = new float[Dataset.Count];
        if (Dataset.ClassNames is { } actual)
        {
            Dataset.ReadTarget(0, [.. Enumerable.Range(0, Dataset.Count)], own);
            for (int c = 0; c < actual.Count; c++)
            {
                int[] rows = [.. Enumerable.Range(0, Dataset.Count).Where(r => own[r] == c)];
                int colour = classes.IndexOf(actual[c]);
                chart.Marks.Add(new PointMark([.. rows.Select(r => xs[r])], [.. rows.Select(r => ys[r])])
                { Name = actual[c], Colour = Palette.Colour(colour < 0 ? classes.Count : colour), Shape = (MarkerShape)(c % 6), Size = 3.5 });
            }
        }
        return new Figure([chart], 1) { Title = Title, Width = 640, Height = 560 };
    }

    private ClassPrediction[] Ask(Model model, double left, double right, double bottom, double top)
    {
        float[] grid = new float[2 * Resolution * Resolution];
        for (int i = 0; i < Resolution * Resolution; i++)
        {
            grid[2 * i] = (float)(left + (right - left) * (i % Resolution + .5) / Resolution);
            grid[2 * i + 1] = (float)(top - (top - bottom) * (i / Resolution + .5) / Resolution);
        }
        Dataset plane = Data.Dataset.Create("plane", [new FloatColumn(Dataset!.Features[0].Name, Dataset.Features[0].ItemShape, grid)], []);
        RowPrediction[] asked = [.. new Predictor(model).Predict(plane)];
        return asked[0] is ClassPrediction ? [.. asked.Cast<ClassPrediction>()]
            : throw new ExperimentException("NotAClassifier", ErrorKind.InvalidOperation, $"{Kind} is for classifiers; this model gives numbers.", model);
    }

    private byte[] Paint(ClassPrediction[] plane, List<string> classes)
    {
        byte[] rgba = new byte[plane.Length * 4];
        for (int i = 0; i < plane.Length; i++)
        {
            (int r, int g, int b) = Drawing.Palette.Rgb(Palette.Colour(Math.Max(0, classes.IndexOf(plane[i].Prediction))));
            // From a breath of colour where the classes are alike to a clear one where the model is sure.
            double chance = 1.0 / Math.Max(2, classes.Count), sure = ((plane[i].Probability ?? 1) - chance) / (1 - chance);
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]) = ((byte)r, (byte)g, (byte)b, (byte)(255 * (.08 + .37 * Math.Clamp(sure, 0, 1))));
        }
        return rgba;
    }

    private static (double, double) Room(double[] values)
    {
        double low = values.Min(), high = values.Max(), room = Math.Max((high - low) * .08, 1e-6);
        return (low - room, high + room);
    }
}
