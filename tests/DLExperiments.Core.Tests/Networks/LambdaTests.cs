using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Tests.Networks;

public class LambdaTests : IClassFixture<TorchFixture>
{
    private static LambdaLayer Square(int[]? shape = null) => new() { Script = new TensorFunction("$x * $x", inputs => inputs[0] * inputs[0]), OutputShape = shape };

    [Fact]
    public void AutogradGoesThroughIt()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).Add(Square());
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor input = torch.tensor(new float[] { 3, -5 }, [1, 2]).requires_grad_(true);
        net.Forward([input], training: true)[0].sum().backward();
        Assert.Equal([6f, -10f], input.grad!.data<float>().ToArray()); // d(x²)/dx = 2x
    }

    [Fact]
    public void TextFromAFileRunsOnlyWhenItIsCompiled()
    {
        string json = NetworkJson.Write(NetworkDefinition.Create(new Shape(2)).Add(Square()));
        Assert.Equal("ScriptNotAllowed", Assert.Throws<ExperimentException>(() => NetworkJson.Read(json)).ErrorId);
        NetworkDefinition read = NetworkJson.Read(json, text => new TensorFunction(text, inputs => inputs[0].exp()));
        Assert.Equal("$x * $x", ((LambdaLayer)read.Layers[0].Layer).Script.Text);
        Assert.Equal(json, NetworkJson.Write(read));
    }

    [Fact]
    public void ABlockOfItTakesTheShapeOfItsPlace()
    {
        NetworkDefinition block = NetworkDefinition.Create(new Shape(2)).Add(Square());
        Assert.Equal(new Shape(7), NetworkDefinition.Create(new Shape(7)).AddNetwork(block).OutputShape);
    }

    [Fact]
    public void AnUnboundOneSaysSo() =>
        Assert.Equal("ScriptNotBound", Assert.Throws<ExperimentException>(() => NetworkDefinition.Create(new Shape(2)).Add(new LambdaLayer { Script = new TensorFunction("$x") })).ErrorId);
}
