using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;

namespace DLExperiments.Tests.Networks;

public class NetworkJsonTests
{
    private const string Head = "\"format\": \"DLExperiments.Network\", \"version\": 1, \"inputs\": [{ \"name\": \"input\", \"shape\": [4] }]";

    [Fact]
    public void AGraphComesBackWhole()
    {
        NetworkDefinition network = NetworkDefinition.Create([new NetworkInput("left", new Shape(2, 6, 6)), new NetworkInput("right", new Shape(2, 6, 6))], "twins")
            .Add(new Conv2dLayer { OutChannels = 3, KernelSize = [3], Padding = new ConvolutionPadding("same") }, "a", ["left"])
            .Add(new Conv2dLayer { OutChannels = 3, KernelSize = [3], Padding = new ConvolutionPadding(1) }, "b", ["right"], frozen: true)
            .Add(new AddLayer(), "sum", ["a", "b"]).Add(new ReLULayer()).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 2 }, "head")
            .WithOutputs("head", "sum");
        string json = NetworkJson.Write(network);
        NetworkDefinition read = NetworkJson.Read(json);
        Assert.Equal("twins", read.Name);
        Assert.Equal(network.Inputs.ToArray(), read.Inputs.ToArray());
        Assert.Equal(network.Outputs.ToArray(), read.Outputs.ToArray());
        Assert.Equal(network.Layers.Select(l => (l.Name, l.Type, string.Join(",", l.From), l.OutputShape, l.IsFrozen, l.ParameterCount)),
            read.Layers.Select(l => (l.Name, l.Type, string.Join(",", l.From), l.OutputShape, l.IsFrozen, l.ParameterCount)));
        Assert.Contains("""    { "name": "a", "type": "Conv2d", "outChannels": 3, "kernelSize": [3], "padding": "same" }""", json, StringComparison.Ordinal);
        Assert.Contains("""    { "name": "b", "type": "Conv2d", "from": "right", "frozen": true, """, json, StringComparison.Ordinal);
        Assert.Contains("""    { "name": "sum", "type": "Add", "from": ["a", "b"] }""", json, StringComparison.Ordinal);
        Assert.Contains("""    { "name": "relu_1", "type": "ReLU" }""", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "InvalidNetworkJson", "not JSON")]
    [InlineData("not json", "InvalidNetworkJson", "line 1")]
    [InlineData("{\n \"format\": \"DLExperiments.Network\",\n oops }", "InvalidNetworkJson", "line 3")]
    [InlineData("[1, 2]", "InvalidNetworkJson", "format")]
    [InlineData("null", "InvalidNetworkJson", "format")]
    [InlineData("{ \"layers\": [] }", "InvalidNetworkJson", "format")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": \"x\" }", "InvalidNetworkJson", "version")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": 99 }", "NetworkTooNew", "99")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": 1 }", "InvalidNetworkJson", "inputs")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": 1, \"inputs\": [] }", "MissingInput", "at least one input")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": 1, \"inputs\": [{ \"name\": \"x\", \"shape\": [2.5] }] }", "InvalidNetworkJson", "'x'")]
    [InlineData("{ \"format\": \"DLExperiments.Network\", \"version\": 1, \"inputs\": [{ \"name\": \"x\", \"shape\": [0] }] }", "InvalidShape", "[0]")]
    [InlineData("{ " + Head + " }", "InvalidNetworkJson", "layers")]
    [InlineData("{ " + Head + ", \"layers\": [3] }", "InvalidNetworkJson", "not an object")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"Linaer\", \"outFeatures\": 2 }] }", "UnknownLayer", "Layer 'a'")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\" }] }", "InvalidJson", "type")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"Linear\" }] }", "MissingParameter", "OutFeatures")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"Linear\", \"outFeatures\": \"many\" }] }", "InvalidParameterType", "OutFeatures")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"Linear\", \"outFeatures\": 2, \"colour\": 1 }] }", "UnknownParameter", "colour")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"ReLU\", \"from\": \"b\" }] }", "UnknownLayerName", "'b'")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"ReLU\", \"frozen\": \"yes\" }] }", "InvalidNetworkJson", "frozen")]
    [InlineData("{ " + Head + ", \"layers\": [{ \"name\": \"a\", \"type\": \"MaxPool2d\", \"kernelSize\": [2] }] }", "ShapeMismatch", "[C,H,W]")]
    [InlineData("{ " + Head + ", \"layers\": [], \"outputs\": [\"z\"] }", "UnknownLayerName", "'z'")]
    public void ForeignAndDamagedJsonIsRefusedWithTheReason(string json, string errorId, string reason)
    {
        var error = Assert.ThrowsAny<ExperimentException>(() => NetworkJson.Read(json));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
