using System.Xml.Linq;
using DLExperiments.Errors;
using DLExperiments.Evaluation;
using DLExperiments.Reports.Plots;
using DLExperiments.Reports.Plots.Kinds;
using SkiaSharp;
using Xunit;

namespace DLExperiments.Tests.Reports;

/// <summary>Plots by their structure: the groups, labels and coordinates in the SVG, the pixels of the PNG.</summary>
public sealed class PlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XElement Draw(Plot plot, params object[] items) => XElement.Parse(PlotFile.ToSvg(plot, new PlotData(items)));

    private static IEnumerable<XElement> Groups(XElement svg, string kind) => svg.Descendants(Svg + "g").Where(g => (string?)g.Attribute("class") == kind);

    private static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(t => t.Value)];

    private static object Epoch(int epoch, double? training, double? validation) => new { Epoch = epoch, TrainingLoss = training, ValidationLoss = validation };

    [Fact]
    public void ALearningCurveHasItsSeriesAxesLegendAndBestEpoch()
    {
        XElement svg = Draw(new LearningCurvePlot { Title = "Curve" }, Epoch(1, 1, 1.2), Epoch(2, .5, .7), Epoch(3, .3, .9));
        Assert.Equal(["Training", "Validation (best 0.7 in epoch 2)"], Groups(svg, "line").Select(g => (string)g.Attribute("aria-label")!));
        Assert.All(Groups(svg, "line"), g => Assert.Equal(3, ((string)g.Element(Svg + "polyline")!.Attribute("points")!).Split(' ').Length));
        Assert.Contains("Epoch", Texts(svg));
        Assert.Contains("Loss", Texts(svg));
        Assert.Contains("Curve", Texts(svg));
        Assert.Single(Groups(svg, "point"));
        // Larger values are higher up: the second training value is below the first.
        double[] heights = [.. ((string)Groups(svg, "line").First().Element(Svg + "polyline")!.Attribute("points")!).Split(' ').Select(p => double.Parse(p.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(heights[0] < heights[1] && heights[1] < heights[2]);
    }

    [Fact]
    public void RepeatsBecomeAMeanWithABand()
    {
        object Run(string optimizer, int seed, params double[] losses) => new { Optimizer = optimizer, Seed = seed, History = losses.Select((l, i) => Epoch(i + 1, null, l)).ToArray() };
        XElement svg = Draw(new LearningCurvePlot { By = ["Optimizer"], Band = Spread.Range },
            Run("Adam", 1, 1, .5), Run("Adam", 2, 2, 1.5), Run("SGD", 1, 3, 2));
        Assert.Equal(["Adam", "SGD"], Groups(svg, "line").Select(g => (string)g.Attribute("aria-label")!));
        Assert.Single(Groups(svg, "band"));
    }

    [Fact]
    public void RunsAreNamedByWhatDiffers()
    {
        object Run(double rate, int seed) => new { LearningRate = rate, Seed = seed, Optimizer = "Adam", History = new[] { Epoch(1, 1, 1), Epoch(2, .5, .6) } };
        Assert.Contains("LearningRate 0.1", Texts(Draw(new LearningCurvePlot(), Run(.1, 1), Run(.01, 1))));
        Assert.Contains("LearningRate 0.1, Seed 2", Texts(Draw(new LearningCurvePlot(), Run(.1, 2), Run(.01, 1))));
    }

    [Fact]
    public void SmoothingIsTheMovingAverageWorkedByHand()
    {
        // s = 0.5: averages 1, (0.25*1 + 0.5*3)/0.75 = 7/3; the y range holds both raw values, so places are linear in them.
        XElement svg = Draw(new LearningCurvePlot { Smoothing = .5, BestEpoch = false }, Epoch(1, 1, null), Epoch(2, 3, null));
        double[][] lines = [.. Groups(svg, "line").Select(g => ((string)g.Element(Svg + "polyline")!.Attribute("points")!).Split(' ').Select(p => double.Parse(p.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        double share = (lines[1][1] - lines[0][0]) / (lines[0][1] - lines[0][0]);
        Assert.Equal((7.0 / 3 - 1) / 2, share, 3); // coordinates are written with two decimals
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AGapIsNotBridged(int gap)
    {
        object[] epochs = [.. Enumerable.Range(0, 4).Select(i => Epoch(i + 1, i == gap ? double.NaN : i + 1, null))];
        XElement line = Groups(Draw(new LearningCurvePlot { BestEpoch = false }, epochs), "line").Single();
        Assert.Equal(2, line.Elements().Count());
    }

    [Fact]
    public void AwkwardNumbersAreDrawnInsideThePicture()
    {
        double[][] cases = [[1], [5, 5, 5], [0, 0], [1e-300, 1e300], [-1e308, 1e308], [1e15, 1e15 + 1], [double.NaN, 2, double.PositiveInfinity]];
        foreach (double[] values in cases)
            foreach (bool log in new[] { false, true })
            {
                if (log && !values.Any(v => v > 0 && double.IsFinite(v))) continue;
                XElement svg = Draw(new LinePlot { Y = ["V"], LogY = log }, [.. values.Select(v => (object)new { V = v })]);
                string all = svg.ToString();
                Assert.DoesNotContain("NaN", all.Replace("aria-label", ""));
                Assert.DoesNotContain("∞", all);
                foreach (XElement text in svg.Descendants(Svg + "text"))
                    Assert.InRange((double)text.Attribute("x")!, 0, 720);
                foreach (XElement line in Groups(svg, "line").Elements(Svg + "polyline"))
                    foreach (string point in ((string)line.Attribute("points")!).Split(' '))
                        Assert.InRange(double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 0, 440);
            }
    }

    [Fact]
    public void LogAxesHavePowersOfTen()
    {
        XElement svg = Draw(new LinePlot { X = "Rate", Y = ["Loss"], LogX = true }, new { Rate = 1e-4, Loss = 1.0 }, new { Rate = 1e-1, Loss = 2.0 });
        Assert.Superset(new HashSet<string> { "1e-4", "0.001", "0.01", "0.1" }, Texts(svg).ToHashSet());
    }

    [Fact]
    public void BarsStandOnZeroAndHaveIntervals()
    {
        XElement svg = Draw(new BarPlot { X = "Model", Y = ["Accuracy"] },
            new { Model = "a", Accuracy = .8 }, new { Model = "a", Accuracy = .9 }, new { Model = "b", Accuracy = .4 });
        XElement bars = Groups(svg, "bar").Single();
        double[] heights = [.. bars.Elements(Svg + "rect").Select(r => (double)r.Attribute("height")!)];
        Assert.Equal(.85 / .4, heights[0] / heights[1], .001); // coordinates are written with two decimals
        Assert.Equal(3, bars.Elements(Svg + "polyline").Count()); // one interval: a line and two ends
    }

    [Fact]
    public void ScatterHasAClassEach()
    {
        XElement svg = Draw(new ScatterPlot(), new { A = 1.0, B = 2.0, Kind = "x" }, new { A = 2.0, B = 1.0, Kind = "y" }, new { A = 3.0, B = 0.5, Kind = "y" });
        Assert.Equal(["x", "y"], Groups(svg, "point").Select(g => (string)g.Attribute("aria-label")!));
        Assert.Equal([1, 2], Groups(svg, "point").Select(g => g.Elements().Count()));
    }

    [Fact]
    public void AHistogramCountsEveryValueOnce()
    {
        var plot = new HistogramPlot { Bins = 4, Reference = [2.5], Mean = true };
        XElement svg = Draw(plot, [.. new[] { 0.0, 1, 1, 2, 3, 4 }.Cast<object>()]);
        double[] heights = [.. Groups(svg, "bar").Single().Elements(Svg + "rect").Select(r => (double)r.Attribute("height")!)];
        // Bins [0,1), [1,2), [2,3), [3,4]: 1, 2, 1, 2 values.
        Assert.Equal([.5, 1, .5, 1], heights.Select(h => Math.Round(h / heights.Max(), 2)));
        Assert.Equal(["mean 1.833", "2.5"], Groups(svg, "rule").Select(g => (string)g.Attribute("aria-label")!));
    }

    [Fact]
    public void AConfusionMatrixShowsItsCounts()
    {
        var matrix = new ConfusionMatrix(["ant", "bee"]);
        matrix.Add(0, 0);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        XElement svg = Draw(new ConfusionMatrixPlot(), matrix);
        XElement cells = Groups(svg, "cell").Single();
        Assert.Equal(["1", "1", "0", "1"], cells.Elements(Svg + "text").Select(t => t.Value));
        Assert.Contains("Accuracy 66.7 % of 3", Texts(svg));
        Assert.Equal(["1", "1", "0", "1"], Groups(Draw(new ConfusionMatrixPlot(), new { Actual = "ant", Prediction = "ant" }, new { Actual = "ant", Prediction = "bee" },
            new { Actual = "bee", Prediction = "bee" }), "cell").Single().Elements(Svg + "text").Select(t => t.Value));
    }

    [Fact]
    public void AHeatMapAveragesRepeatsAndLeavesHolesOpen()
    {
        XElement svg = Draw(new HeatMapPlot { X = "A", Y = "B", Value = "V" }, new { A = 1, B = "u", V = 1.0 }, new { A = 1, B = "u", V = 3.0 }, new { A = 2, B = "w", V = 5.0 });
        XElement cells = Groups(svg, "cell").Single();
        Assert.Equal(["2", "5"], cells.Elements(Svg + "text").Select(t => t.Value));
        Assert.Single(Groups(svg, "colourbar"));
    }

    [Fact]
    public void LongNamesAreCutAndNeverLeaveThePicture()
    {
        string name = new('w', 300);
        XElement svg = Draw(new BarPlot { X = "Model", Y = ["V"], Title = name }, new { Model = name, V = 1.0 }, new { Model = name + "2", V = 2.0 });
        Assert.All(Texts(svg), t => Assert.True(t.Length < 100, t));
    }

    [Fact]
    public void NamesFromDataCannotBreakTheFile()
    {
        XElement svg = Draw(new BarPlot { X = "Model", Y = ["V"] }, new { Model = "<b>&\u0001\"", V = 1.0 });
        Assert.Contains("<b>&\"", Texts(svg));
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void APngHasTheSizeAndTheInkOfItsTheme(PlotTheme theme)
    {
        string path = Path.Combine(Path.GetTempPath(), $"plot-{Guid.NewGuid():N}.png");
        try
        {
            PlotFile.Export(new LinePlot { Y = ["V"], Width = 300, Height = 200, Theme = theme }, new PlotData([new { V = 1.0 }, new { V = 2.0 }]), path, scale: 1.5);
            using SKBitmap bitmap = SKBitmap.Decode(path);
            Assert.Equal((450, 300), (bitmap.Width, bitmap.Height));
            Assert.Equal(theme == PlotTheme.Dark, bitmap.GetPixel(2, 2).Red < 50);
            string line = theme == PlotTheme.Dark ? "#ff56b4e9" : "#ff0072b2";
            Assert.Contains(bitmap.Pixels, p => p.ToString() == line);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ErrorsNameWhatIsMissing()
    {
        Assert.Equal("NothingToPlot", Assert.Throws<ExperimentException>(() => Draw(new LinePlot { Y = ["V"] })).ErrorId);
        ExperimentException missing = Assert.Throws<ExperimentException>(() => Draw(new LinePlot { Y = ["Los"] }, new { Loss = 1 }));
        Assert.Equal("MissingProperty", missing.ErrorId);
        Assert.Contains("'Loss'", missing.Message);
        Assert.Equal("NotANumber", Assert.Throws<ExperimentException>(() => Draw(new LinePlot { Y = ["V"] }, new { V = "much" })).ErrorId);
        Assert.Equal("UnknownImageFormat", Assert.Throws<ExperimentException>(() => PlotFile.Export(new LinePlot(), new PlotData([]), "/tmp/a.gif")).ErrorId);
        Assert.Equal("NothingToPlot", Assert.Throws<ExperimentException>(() => Draw(new LinePlot { Y = ["V"], LogY = true }, new { V = -1 })).ErrorId);
    }

    [Fact]
    public void ATerminalLineRisesFromTheLowerLeft()
    {
        IReadOnlyList<string> text = PlotFile.ToText(new LinePlot { Y = ["V"] }, new PlotData([new { V = 0.0 }, new { V = 1.0 }]), 40, 12, colour: false);
        Assert.All(text, line => Assert.True(line.Length <= 40));
        string[] drawn = [.. text.Where(l => l.Any(c => c is > '\u2800' and <= '\u28ff'))];
        int First(string line) => line.ToList().FindIndex(c => c is > '\u2800' and <= '\u28ff');
        Assert.True(First(drawn[0]) > First(drawn[^1]));
        Assert.DoesNotContain('\u001b', string.Concat(text));
    }

    [Fact]
    public void ASparklineHasTheLastNumbersBetweenTheirLeastAndGreatest()
    {
        Assert.Equal("▁▃▅█", DLExperiments.Reports.Plots.Terminal.Sparkline.Of([0, 2, 4, 7], 10));
        Assert.Equal("▁█", DLExperiments.Reports.Plots.Terminal.Sparkline.Of([9, 9, 1, 2], 2));
        Assert.Equal("▄ ▄", DLExperiments.Reports.Plots.Terminal.Sparkline.Of([3, double.NaN, 3], 5));
        Assert.Equal("", DLExperiments.Reports.Plots.Terminal.Sparkline.Of([double.NaN], 5));
    }
}
