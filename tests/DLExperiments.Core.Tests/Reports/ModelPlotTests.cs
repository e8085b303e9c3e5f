using System.Collections.Specialized;
using System.Xml.Linq;
using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Losses;
using DLExperiments.Models;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Reports.Plots;
using DLExperiments.Reports.Plots.Kinds;
using DLExperiments.Reports.Plots.Surfaces;
using DLExperiments.Tests.Training;
using SkiaSharp;

namespace DLExperiments.Tests.Reports;

/// <summary>Plots of models: what they hold, and the geometry of loss surfaces.</summary>
public class ModelPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XElement Draw(Plot plot, params object[] items) => XElement.Parse(PlotFile.ToSvg(plot, new PlotData(items)));

    private static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(t => t.Value)];

    private static SKColor[][] Pixels(XElement svg) => [.. svg.Descendants(Svg + "image").Select(i =>
    {
        using SKBitmap bitmap = SKBitmap.Decode(Convert.FromBase64String(((string)i.Attribute("href")!).Split(',')[1]));
        return bitmap.Pixels;
    })];

    private static Model Build(NetworkDefinition network, params float[][] values)
    {
        WeightSet weights = WeightSet.Initialise(network, 1);
        for (int i = 0; i < values.Length; i++) values[i].CopyTo(weights.Tensors[i].Values, 0);
        return new Model(network, weights, loss: new MeanSquaredErrorLoss());
    }

    [Fact]
    public void Filters_are_coloured_by_sign_on_one_scale()
    {
        Model model = Build(NetworkDefinition.Create(new Shape(1, 4, 4)).Add(new Conv2dLayer { OutChannels = 2, KernelSize = [2] }), [1, -1, 0, .5f, .25f, 0, 0, -.5f]);
        XElement svg = Draw(new FiltersPlot(), model);
        SKColor[][] images = Pixels(svg);
        Assert.Equal(2, images.Length);
        Assert.Equal(SKColor.Parse("#d55e00"), images[0][0]);
        Assert.Equal(SKColor.Parse("#0072b2"), images[0][1]);
        Assert.Equal(SKColor.Parse("#f7f7f7"), images[0][2]);
        Assert.Equal(SKColor.Parse("#7fb8d8"), images[1][3]);
        Assert.Contains("conv2d_1.weight [2,1,2,2]", Texts(svg));
        Assert.Equal("NoSuchChannel", Assert.Throws<ExperimentException>(() => Draw(new FiltersPlot { Channel = 1 }, model)).ErrorId);
        Assert.Equal("UnknownLayerName", Assert.Throws<ExperimentException>(() => Draw(new FiltersPlot { Layer = "conv" }, model)).ErrorId);
        Assert.Equal("MissingModel", Assert.Throws<ExperimentException>(() => Draw(new FiltersPlot(), new { A = 1 })).ErrorId);
    }

    [Fact]
    public void Kernels_of_three_channels_are_colours_and_flat_weights_are_squares()
    {
        Model colours = Build(NetworkDefinition.Create(new Shape(3, 4, 4)).Add(new Conv2dLayer { OutChannels = 1, KernelSize = [1] }), [1, 0, .5f]);
        Assert.Equal(new SKColor(255, 0, 127), Pixels(Draw(new FiltersPlot(), colours)).Single()[0]);
        Model flat = Build(NetworkDefinition.Create(new Shape(9)).Add(new LinearLayer { OutFeatures = 5 }));
        Assert.Equal(5, Pixels(Draw(new FiltersPlot(), flat)).Count(p => p.Length == 9));
        Assert.Equal("NothingToPlot", Assert.Throws<ExperimentException>(() => Draw(new FiltersPlot(), Build(NetworkDefinition.Create(new Shape(5)).Add(new LinearLayer { OutFeatures = 2 })))).ErrorId);
    }

    [Fact]
    public void Feature_maps_are_one_image_a_channel_on_one_scale()
    {
        var layers = new OrderedDictionary { ["pool"] = new LayerOutput("pool", new Shape(2, 1, 2), [0, 1, .5f, 1]) };
        object prediction = new { Row = 3, Layers = layers };
        SKColor[][] maps = Pixels(Draw(new FeatureMapsPlot(), prediction));
        Assert.Equal(2, maps.Length);
        Assert.Equal(SKColor.Parse("#440154"), maps[0][0]); // both ends of Viridis
        Assert.Equal(SKColor.Parse("#fde725"), maps[0][1]);
        Assert.Equal(maps[0][1], maps[1][1]);
        Assert.Equal("UnknownLayerName", Assert.Throws<ExperimentException>(() => Draw(new FeatureMapsPlot { Layer = "pol" }, prediction)).ErrorId);
        Assert.Equal("NothingToPlot", Assert.Throws<ExperimentException>(() => Draw(new FeatureMapsPlot(), new { Row = 3 })).ErrorId);
    }

    [Fact]
    public void Pairs_show_input_target_and_output_and_masks_lie_over_the_image()
    {
        Dataset images = Dataset.Create("d", [new FloatColumn("x", new Shape(1, 2, 2), [0, 1, .5f, 0])], [new FloatColumn("y", new Shape(1, 2, 2), [0, 1, 1, 0])]);
        ValuePrediction Predict(params double[] values) => new() { Row = 0, Values = values };
        SKColor[][] pictures = Pixels(Draw(new ImagePairsPlot { Dataset = images }, Predict(0, .2, 2, -1)));
        Assert.Equal(3, pictures.Length);
        Assert.Equal([0, 255, 127, 0], pictures[0].Select(p => p.Red));
        Assert.Equal([0, 255, 255, 0], pictures[1].Select(p => p.Red));
        Assert.Equal([0, 51, 255, 0], pictures[2].Select(p => p.Red)); // cut at the target's range
        Assert.Equal([127, 127, 127, 127], Pixels(Draw(new ImagePairsPlot { Dataset = images, Logits = true }, Predict(0, 0, 0, 0)))[2].Select(p => p.Red));
        // Two classes a pixel: class 1 where its score is higher; 40 % of the grey and 60 % of the first colour (#0072b2).
        SKColor[] mask = Pixels(Draw(new ImagePairsPlot { Dataset = images }, Predict(1, 0, 0, 1, 0, 1, 1, 0)))[2];
        Assert.Equal(new SKColor(0, 0, 0), mask[0]);
        Assert.Equal(new SKColor(102, 170, 208), mask[1]);
        Assert.Equal("DataShapeMismatch", Assert.Throws<ExperimentException>(() => Draw(new ImagePairsPlot { Dataset = images }, Predict(1, 2, 3))).ErrorId);
        Assert.Equal("MissingParameter", Assert.Throws<ExperimentException>(() => Draw(new ImagePairsPlot(), Predict(1))).ErrorId);
    }

    [Fact]
    public void A_network_is_its_boxes_and_what_leads_from_one_to_another()
    {
        NetworkDefinition network = TrainingData.Mlp(4, 3, 8);
        XElement svg = Draw(new NetworkPlot(), network);
        Assert.Contains("Linear 8", Texts(svg));
        Assert.Contains("linear_2  [3]", Texts(svg));
        Assert.Equal(3, svg.Descendants(Svg + "rect").Count(r => r.Attribute("stroke") is not null)); // input, Linear with Tanh, Linear
        Assert.Equal(2, svg.Descendants(Svg + "polygon").Count()); // heads of arrows
        IReadOnlyList<string> text = PlotFile.ToText(new NetworkPlot(), new PlotData([network]), 60, 20, false);
        Assert.Contains(text, l => l.Contains("linear_2  [3]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plane_through_models_keeps_their_distances_and_the_last_one_is_its_origin()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 1 });
        // In the plane of weight 0 and weight 1, the bias the same: (3, 4), (1, 0), (0, 0).
        Model[] models = [Build(network, [3, 4], [7]), Build(network, [1, 0], [7]), Build(network, [0, 0], [7])];
        WeightPlane plane = WeightPlane.Through(models, 1, 0);
        double Distance(int a, int b) => Math.Sqrt(Math.Pow(plane.Path[a].X - plane.Path[b].X, 2) + Math.Pow(plane.Path[a].Y - plane.Path[b].Y, 2));
        Assert.Equal(5, Distance(0, 2), 1e-9);
        Assert.Equal(1, Distance(1, 2), 1e-9);
        Assert.Equal(Math.Sqrt(20), Distance(0, 1), 1e-9);
        Assert.Equal((0, 0), (Math.Round(plane.Path[2].X, 9), Math.Round(plane.Path[2].Y, 9)));
        WeightSet first = plane.WeightsAt(plane.Path[0].X, plane.Path[0].Y);
        Assert.Equal(3, first.Tensors[0].Values[0], 1e-5);
        Assert.Equal(4, first.Tensors[0].Values[1], 1e-5);
        Assert.Equal(7, first.Tensors[1].Values[0], 1e-6);
        Assert.All(plane.Path, p => Assert.True(p.X > plane.Left && p.X < plane.Right && p.Y > plane.Bottom && p.Y < plane.Top));
        // The first direction holds λ₁ of the Gram matrix of (3,4), (1,0): of trace 26, with λ₁λ₂ = 16.
        double largest = (26 + Math.Sqrt(26 * 26 - 4 * 16)) / 2 / 26;
        Assert.Contains(FormattableString.Invariant($"{largest:0.#%}"), plane.XLabel);
    }

    [Fact]
    public void Random_directions_have_the_length_of_each_filter_and_leave_biases()
    {
        Model model = Build(NetworkDefinition.Create(new Shape(3)).Add(new LinearLayer { OutFeatures = 2 }), [1, 2, 2, 0, 4, 3], [5, 6]);
        WeightPlane plane = WeightPlane.Through([model], 1, 3);
        WeightTensor moved = plane.WeightsAt(1, 0).Tensors[0];
        foreach ((int filter, double length) in new[] { (0, 3.0), (1, 5.0) })
            Assert.Equal(length, Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(moved.Values[filter * 3 + k] - model.Weights.Tensors[0].Values[filter * 3 + k], 2))), 1e-5);
        Assert.Equal([5f, 6f], plane.WeightsAt(1, 1).Tensors[1].Values);
    }

    [Fact]
    public void Contours_of_a_bowl_are_circles_and_the_surface_has_its_least_loss_where_the_model_is_right()
    {
        // y = 2x is learned without error by the weight 2: the loss is quadratic in the weight.
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 1 });
        Model[] path = [Build(network, [0], [1]), Build(network, [1], [.5f]), Build(network, [2], [0])];
        WeightPlane plane = WeightPlane.Through(path, 1, 0);
        const int size = 81;
        double[][] bowl = [.. Enumerable.Range(0, size).Select(r => Enumerable.Range(0, size).Select(c => Math.Pow(plane.Left + (plane.Right - plane.Left) * c / (size - 1), 2) + Math.Pow(plane.Bottom + (plane.Top - plane.Bottom) * r / (size - 1), 2)).ToArray())];
        double radius = Math.Min(plane.Right, Math.Min(plane.Top, Math.Min(-plane.Left, -plane.Bottom))) * .8;
        (double[] x, double[] y) = Contours.At(bowl, plane, v => v, radius * radius);
        Assert.True(x.Count(double.IsFinite) > 40);
        // Linear interpolation of a square within a cell of width h errs by less than h²/(8·radius), far below 1 %.
        Assert.All(x.Zip(y).Where(p => double.IsFinite(p.First)), p => Assert.Equal(radius, Math.Sqrt(p.First * p.First + p.Second * p.Second), radius * .01));

        Dataset data = TrainingData.Numbers("line", [[-1], [1], [2]], [[-2], [2], [4]]);
        XElement svg = Draw(new LossSurfacePlot { Dataset = data, Resolution = 9 }, path);
        Assert.Contains("end", Texts(svg));
        Assert.Equal("MissingParameter", Assert.Throws<ExperimentException>(() => Draw(new LossSurfacePlot(), path)).ErrorId);
        Model other = Build(NetworkDefinition.Create(new Shape(1)).Add(new LinearLayer { OutFeatures = 2 }));
        Assert.Equal("ModelMismatch", Assert.Throws<ExperimentException>(() => Draw(new LossSurfacePlot { Dataset = data }, other, path[0])).ErrorId);
    }
}
