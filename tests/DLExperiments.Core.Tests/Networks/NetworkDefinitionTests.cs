using DLExperiments.Catalogues;
using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Tests.Networks;

public class NetworkDefinitionTests
{
    private static Layer Make(string type, params (string Name, object Value)[] settings) =>
        Catalogue<Layer>.Default.Create(type, settings.ToDictionary(s => s.Name, s => s.Value));

    private static NetworkDefinition Linear(NetworkDefinition network, params int[] widths) =>
        widths.Aggregate(network, (n, width) => n.Add(new LinearLayer { OutFeatures = width }));

    private static NetworkDefinition Conv(NetworkDefinition network, int channels, int kernel, int stride = 1, string padding = "0") =>
        network.Add(new Conv2dLayer { OutChannels = channels, KernelSize = [kernel], Stride = [stride], Padding = new ConvolutionPadding(padding) });

    private static NetworkDefinition Pool(NetworkDefinition network) => network.Add(new MaxPool2dLayer { KernelSize = [2] });

    [Theory] // The course's tables: N1c [20], [35], [53]; N3 [5], [21], [31]; N2 [31].
    [InlineData(7_850, 784, 10)]
    [InlineData(79_510, 784, 100, 10)]
    [InlineData(59_850, 784, 64, 128, 10)]
    [InlineData(669_706, 784, 512, 512, 10)]
    [InlineData(665_089, 784, 512, 512, 1)]
    [InlineData(1_001, 8, 100, 1)]
    [InlineData(278_506, 3072, 32, 64, 128, 256, 512, 10)]
    public void DenseNetworksHaveTheCoursesParameterCounts(long expected, int inputs, params int[] widths) =>
        Assert.Equal(expected, Linear(NetworkDefinition.Create(new Shape(inputs)), widths).ParameterCount);

    [Fact] // N2 [22]: Keras and PyTorch print 10,330.
    public void TheCoursesMnistCnnHas10330Parameters()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 28, 28));
        network = Pool(Conv(network, 16, 3, padding: "same").Add(new ReLULayer()));
        network = Pool(Conv(network, 16, 3, padding: "same").Add(new ReLULayer()));
        network = Linear(network.Add(new FlattenLayer()), 10);
        Assert.Equal(10_330, network.ParameterCount);
        Assert.Equal(new Shape(16, 7, 7), network.ShapeOf("maxpool2d_2"));
        // 28·28·16·9 + 14·14·16·16·9 + 784·10
        Assert.Equal(112_896 + 451_584 + 7_840, network.MultiplyAdds);
    }

    [Theory] // N3 [111]
    [InlineData(false, 390_986)]
    [InlineData(true, 391_946)]
    public void TheCoursesCifarCnnHasItsParameterCounts(bool batchNorm, long expected)
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3, 32, 32));
        foreach (int channels in new[] { 32, 64, 128, 256 })
        {
            network = Conv(network, channels, 3, padding: "1");
            if (batchNorm) network = network.Add(new BatchNorm2dLayer());
            network = network.Add(new ReLULayer());
            if (channels < 256) network = Pool(network);
        }
        network = Linear(network.Add(new AdaptiveAvgPool2dLayer()).Add(new FlattenLayer()), 10);
        Assert.Equal(expected, network.ParameterCount);
    }

    [Fact] // N4 [10]
    public void TheCoursesAlexNetHasItsMapsAndParameters()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3, 224, 224));
        network = Pool(Conv(network, 96, 11, stride: 4));
        network = Pool(Conv(network, 256, 11));
        network = Conv(Conv(network, 384, 3), 384, 3);
        network = Pool(Conv(network, 256, 3));
        int[] sides = [224, .. network.Layers.Select(l => l.OutputShape[1])];
        Assert.Equal([224, 54, 27, 17, 8, 6, 4, 2, 1], sides);
        network = Linear(network.Add(new FlattenLayer()), 4096, 4096, 10);
        Assert.Equal(23_981_450, network.ParameterCount);
    }

    [Theory] // N2 [6], [9], [11], [13]
    [InlineData(1, 3, 1, "0", 98)]
    [InlineData(1, 3, 1, "same", 100)]
    [InlineData(1, 3, 2, "1", 50)]
    [InlineData(32, 3, 2, "1", 50)]
    public void ConvolutionsHaveTheCoursesSizes(int channels, int kernel, int stride, string padding, int side) =>
        Assert.Equal(new Shape(channels, side, side), Conv(NetworkDefinition.Create(new Shape(1, 100, 100)), channels, kernel, stride, padding).OutputShape);

    [Fact]
    public void AMismatchNamesTheLayerWhatItWantsAndWhatItGot()
    {
        NetworkDefinition network = Linear(NetworkDefinition.Create(new Shape(784)), 128);
        var error = Assert.Throws<ShapeException>(() => network.Add(new Conv2dLayer { OutChannels = 4, KernelSize = [3] }, "c3"));
        Assert.Equal("ShapeMismatch", error.ErrorId);
        Assert.Equal("Conv2d 'c3' wants [C,H,W], got [128]. Its input: 'linear_1' [128].", error.Message);
    }

    [Theory]
    [InlineData("Conv2d", """{ "outChannels": 3, "kernelSize": [3], "groups": 2 }""", "groups")]
    [InlineData("Conv2d", """{ "outChannels": 4, "kernelSize": [9] }""", "at least 9 values")]
    [InlineData("Conv2d", """{ "outChannels": 4, "kernelSize": [3], "stride": [2], "padding": "same" }""", "stride of 1")]
    [InlineData("Conv2d", """{ "outChannels": 4, "kernelSize": [3, 3, 3] }""", "1 or 2 sizes for KernelSize")]
    [InlineData("Conv2d", """{ "outChannels": 4, "kernelSize": [3], "padding": "8", "paddingMode": "Reflect" }""", "reflection padding")]
    [InlineData("BatchNorm1d", "{}", "[C] or [C,L]")]
    [InlineData("Unflatten", """{ "sizes": [3, 3] }""", "9 values")]
    [InlineData("Reshape", """{ "shape": [10] }""", "wants 10 values")]
    [InlineData("GroupNorm", """{ "numGroups": 3 }""", "3 groups")]
    [InlineData("Flatten", """{ "startDim": 5 }""", "dimension 5")]
    [InlineData("LayerNorm", """{ "normalizedShape": [3] }""", "[3]")]
    [InlineData("PReLU", """{ "numParameters": 7 }""", "7 channels")]
    public void ShapesThatDoNotFitAreRefusedWithTheReason(string type, string settings, string reason)
    {
        var json = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(settings)!;
        json["type"] = type;
        Layer layer = Catalogue<Layer>.Default.FromJson(json);
        var error = Assert.Throws<ShapeException>(() => NetworkDefinition.Create(new Shape(4, 8, 8)).Add(layer, "it"));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{type} 'it' ", error.Message, StringComparison.Ordinal);
        Assert.Contains("'input' [4,8,8]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MergesNameTheirInputsAndShapes()
    {
        NetworkDefinition network = NetworkDefinition.Create([new NetworkInput("a", new Shape(3, 4)), new NetworkInput("b", new Shape(2, 4))]);
        var error = Assert.Throws<ShapeException>(() => network.Add(new AddLayer(), "sum", ["a", "b"]));
        Assert.Equal("Add 'sum' wants inputs of one shape, or of size 1 where they differ, got [3,4] and [2,4]. Its input: 'a' [3,4], 'b' [2,4].", error.Message);
        Assert.Equal(new Shape(5, 4), network.Add(new ConcatLayer(), "all", ["a", "b"]).OutputShape);
        Assert.Contains("at least 2", Assert.Throws<ShapeException>(() => network.Add(new AddLayer())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownLayerOrSettingComesWithNearMatches()
    {
        var error = Assert.Throws<ExperimentException>(() => Make("Convv2d"));
        Assert.Equal(("UnknownLayer", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("'Conv2d'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ExperimentException>(() => Make("Conv2d", ("OutChannels", 3), ("KernelSize", 3), ("Strides", 2)));
        Assert.Equal("UnknownParameter", error.ErrorId);
        Assert.Contains("'Stride'", error.Message, StringComparison.Ordinal);
        Assert.Equal("MissingParameter", Assert.Throws<ExperimentException>(() => Make("Conv2d", ("OutChannels", 3))).ErrorId);
    }

    [Fact]
    public void NamesMustBeUniqueAndKnown()
    {
        NetworkDefinition network = Linear(NetworkDefinition.Create(new Shape(4)), 3);
        Assert.Equal("DuplicateName", Assert.Throws<ExperimentException>(() => network.Add(new ReLULayer(), "LINEAR_1")).ErrorId);
        Assert.Equal("DuplicateName", Assert.Throws<ExperimentException>(() => network.Add(new ReLULayer(), "input")).ErrorId);
        var unknown = Assert.Throws<ExperimentException>(() => network.Add(new ReLULayer(), from: ["linear_2"]));
        Assert.Equal("UnknownLayerName", unknown.ErrorId);
        Assert.Contains("'linear_1'", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void SizesMustBePositive(int size)
    {
        Assert.Equal("InvalidShape", Assert.Throws<ExperimentException>(() => new Shape(3, size)).ErrorId);
        Assert.Contains("at least 1", Assert.Throws<ExperimentException>(() => Make("Linear", ("OutFeatures", size))).Message, StringComparison.Ordinal);
        Assert.Contains("at least 1", Assert.Throws<ExperimentException>(() => Make("Conv2d", ("OutChannels", 1), ("KernelSize", new[] { 3, size }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddingALayerLeavesTheBaseAsItIs()
    {
        NetworkDefinition trunk = Linear(NetworkDefinition.Create(new Shape(4)), 8);
        NetworkDefinition left = Linear(trunk, 2), right = Linear(trunk, 3);
        Assert.Single(trunk.Layers);
        Assert.Equal((new Shape(2), new Shape(3)), (left.OutputShape, right.OutputShape));
        Assert.Equal(["linear_1", "linear_2"], left.Layers.Select(l => l.Name));
    }

    [Fact]
    public void TheSummaryAddsUp()
    {
        NetworkDefinition network = Linear(NetworkDefinition.Create(new Shape(4), "iris"), 16).Add(new BatchNorm1dLayer()).Add(new ReLULayer())
            .Add(new LinearLayer { OutFeatures = 3 }, "head", frozen: true);
        NetworkSummary summary = network.Summarize();
        Assert.Equal((163, 112, 51), (summary.Parameters, summary.Trainable, summary.Frozen));
        Assert.Equal(163 * 4 + 33 * 4, summary.WeightBytes); // 16 means, 16 variances, one counter
        Assert.Equal((4 * 16) + (16 * 3), summary.MultiplyAdds);
        Assert.Equal(["linear_1", "batchnorm1d_1", "relu_1", "head"], summary.Rows.Select(r => r.Name));
        string text = summary.ToString();
        Assert.Contains("iris, input [4]", text, StringComparison.Ordinal);
        Assert.Contains("163 parameters: 112 trainable, 51 frozen", text, StringComparison.Ordinal);
        Assert.Matches("head +Linear +\\[3\\] +51  frozen", text);
    }
}
