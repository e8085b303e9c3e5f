using System.ComponentModel.DataAnnotations;
using DLExperiments.Catalogues;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Models;
using DLExperiments.Reports.Plots.Charts;
using DLExperiments.Reports.Plots.Drawing;
using DLExperiments.Reports.Plots.Surfaces;

namespace DLExperiments.Reports.Plots.Kinds;

/// <summary>
/// The loss over a plane through the weights (Li et al. 2018), with lines of equal loss. Of one model the plane has two random directions, each filter
/// as long as the model's own; of three or more models, such as a training gives epoch by epoch, it is the plane in which they lie best, and
/// the path of the optimizer is drawn.
/// </summary>
[CatalogueEntry("LossSurface")]
public sealed class LossSurfacePlot : Plot
{
    private const int Levels = 12;

    /// <summary>The data on which the loss is measured; of a split data set the Train piece.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>How many of its rows, the first ones, 1 or more.</summary>
    [Range(1, int.MaxValue)]
    public int Rows { get; set; } = 500;

    /// <summary>Places across the plane at which the loss is measured, 5 to 200.</summary>
    [Range(5, 200)]
    public int Resolution { get; set; } = 25;

    /// <summary>How far the plane of random directions goes to either side, in lengths of the weights, above 0.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double Span { get; set; } = 1;

    /// <summary>The seed of the random directions.</summary>
    public long Seed { get; set; }

    private protected override Figure Draw(PlotData data)
    {
        Dataset all = Dataset ?? throw new ExperimentException("MissingParameter", ErrorKind.InvalidArgument, $"{Kind} needs -Dataset: the data on which the loss is measured.");
        Dataset rows = (all.Train ?? all) is var piece && piece.Count > Rows ? piece.Select(piece.Name, Enumerable.Range(0, Rows)) : piece;
        Model[] models = ImageChart.Models(Kind, data);
        WeightPlane plane = WeightPlane.Through(models, Span, Seed);
        double[][] losses = [.. Enumerable.Range(0, Resolution).Select(r => Enumerable.Range(0, Resolution).Select(c => Measure(models[^1], plane, rows, At(plane.Left, plane.Right, c), At(plane.Bottom, plane.Top, r))).ToArray())];
        double[] finite = [.. losses.SelectMany(l => l).Where(double.IsFinite)];
        if (finite.Length == 0) throw Nothing("the loss is not finite anywhere on the plane.");
        double low = finite.Min(), high = finite.Max();
        // Far from a minimum losses grow by powers; equal steps would show the rim only.
        bool log = low > 0 && high > 20 * low;
        double Scale(double loss) => high <= low ? .5 : log ? Math.Log(loss / low) / Math.Log(high / low) : (loss - low) / (high - low);
        var chart = new Chart
        {
            Title = $"Loss {Axis.Number(low)} (dark) to {Axis.Number(high)} (light){(log ? ", logarithmic" : "")}",
            X = new Axis { Label = XLabel ?? plane.XLabel, Tight = true }, Y = new Axis { Label = YLabel ?? plane.YLabel, Tight = true },
        };
        chart.Marks.Add(new PixelMark(plane.Left, plane.Right, plane.Bottom, plane.Top, Resolution * 4, Resolution * 4, Paint(losses, Scale)));
        for (int i = 1; i < Levels; i++)
        {
            (double[] x, double[] y) = Contours.At(losses, plane, v => Scale(v), i / (double)Levels);
            if (x.Length > 0) chart.Marks.Add(new LineMark(x, y) { Colour = "#ffffff", Thickness = .8, Opacity = .55 });
        }
        if (plane.Path.Count > 1)
        {
            // A dark line under the light one, so that the path is seen on either.
            double[] x = [.. plane.Path.Select(p => p.X)], y = [.. plane.Path.Select(p => p.Y)];
            chart.Marks.Add(new LineMark(x, y) { Colour = "#000000", Thickness = 4, Opacity = .7 });
            chart.Marks.Add(new LineMark(x, y) { Name = "path", Colour = "#ff7a1a", Dots = plane.Path.Count <= 60 });
        }
        chart.Marks.Add(new PointMark([plane.Path[^1].X], [plane.Path[^1].Y]) { Name = plane.Path.Count > 1 ? "end" : "model", Colour = "#ff7a1a", Shape = MarkerShape.Diamond, Size = 6 });
        return new Figure([chart], 1) { Title = Title, Width = 620, Height = 580 };
    }

    private double At(double low, double high, int place) => low + (high - low) * place / (Resolution - 1);

    private static double Measure(Model end, WeightPlane plane, Dataset data, double x, double y)
    {
        using var model = new Model(end.Network, plane.WeightsAt(x, y), end.Preprocessing, end.ClassNames, end.Loss);
        return Measurer.Measure(model, data).Loss;
    }

    private byte[] Paint(double[][] losses, Func<double, double> scale)
    {
        int size = Resolution * 4;
        byte[] rgba = new byte[size * size * 4];
        for (int r = 0; r < size; r++)
            for (int c = 0; c < size; c++)
            {
                double value = Contours.Between(losses, (size - 1 - r) / (double)(size - 1) * (Resolution - 1), c / (double)(size - 1) * (Resolution - 1));
                (int red, int green, int blue) = Palette.RampRgb(ColourRamp.Viridis, double.IsFinite(value) ? scale(value) : 1);
                int at = (r * size + c) * 4;
                (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) = ((byte)red, (byte)green, (byte)blue, 255);
            }
        return rgba;
    }
}
