using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Blocks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using TorchSharp;

namespace DLExperiments.Tests.Networks;

[Collection("Torch")]
public class BlockTests
{
    private static NetworkDefinition Linear(NetworkDefinition network, int width) => network.Add(new LinearLayer { OutFeatures = width });

    [Fact]
    public void ResNet18FromBlocksHasItsPublishedParameterCount()
    {
        NetworkDefinition Conv(NetworkDefinition n, int channels, int kernel, int stride, int padding) =>
            n.Add(new Conv2dLayer { OutChannels = channels, KernelSize = [kernel], Stride = [stride], Padding = new(padding), Bias = false }).Add(new BatchNorm2dLayer());
        NetworkDefinition network = Conv(NetworkDefinition.Create(new Shape(3, 224, 224)), 64, 7, 2, 3).Add(new ReLULayer())
            .Add(new MaxPool2dLayer { KernelSize = [3], Stride = [2], Padding = [1] });
        foreach ((int channels, int stride) in new[] { (64, 1), (128, 2), (256, 2), (512, 2) })
        {
            for (int i = 0; i < 2; i++)
            {
                int first = i == 0 ? stride : 1;
                network = new ResidualBlock().AddTo(network, [s => Conv(Conv(s, channels, 3, first, 1).Add(new ReLULayer()), channels, 3, 1, 1)], activation: new ReLULayer());
            }
        }
        network = Linear(network.Add(new GlobalAvgPool2dLayer()), 1000);
        // torchvision's resnet18 and its multiply-adds at 224 x 224.
        Assert.Equal(11_689_512, network.ParameterCount);
        Assert.Equal(1_814_073_344, network.MultiplyAdds);
    }

    [Fact]
    public void TwinsAddUpTheirGradientsAndCountOnce()
    {
        NetworkDefinition network = NetworkDefinition.Create([new NetworkInput("left", new Shape(2)), new NetworkInput("right", new Shape(2))])
            .Add(new LinearLayer { OutFeatures = 1, Bias = false }, "a", ["left"]).AddShared("a", "b", ["right"]).Add(new AddLayer(), "sum", ["a", "b"]);
        Assert.Equal(2, network.ParameterCount);
        using var torchNetwork = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor output = torchNetwork.Forward([torch.tensor(new float[] { 1, 2 }, [1, 2]), torch.tensor(new float[] { 10, 20 }, [1, 2])], training: true)[0];
        torchNetwork.ZeroGradients();
        output.sum().backward();
        // d(w·l + w·r)/dw = l + r
        Assert.Equal([11f, 22f], torchNetwork.FlatGradients.data<float>().ToArray());
    }

    [Fact]
    public void FreezingATwinFreezesTheOther()
    {
        NetworkDefinition network = Linear(NetworkDefinition.Create(new Shape(3)), 3).AddShared("linear_1", "twin").WithFrozen(n => n == "twin", frozen: true);
        Assert.All(network.Layers, l => Assert.True(l.IsFrozen));
        Assert.Equal(0, network.TrainableParameterCount);
    }

    [Fact]
    public void BlocksOfBlocksShareInsideThemselves()
    {
        NetworkDefinition pair = Linear(NetworkDefinition.Create(new Shape(3)), 3).AddShared("linear_1", "again");
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3)).AddNetwork(pair, "x").AddNetwork(pair, "y");
        Assert.Equal(["x.linear_1", "x.again", "y.linear_1", "y.again"], network.Layers.Select(l => l.Name));
        Assert.Equal("y.linear_1", network.Layers[3].SharedWith);
        Assert.Equal(24, network.ParameterCount);
    }

    [Fact]
    public void ABlockNameStandsForItsLastLayer()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3)).AddNetwork(Linear(Linear(NetworkDefinition.Create(new Shape(3)), 4), 5), "stage");
        Assert.Equal(new Shape(5), network.ShapeOf("stage"));
        Assert.Equal("stage.linear_2", Assert.Single(network.WithOutputs("stage").Outputs));
        Assert.Throws<ExperimentException>(() => network.ShapeOf("stag"));
    }

    [Fact]
    public void TheLastBlockGoesAsOneEvenWithALayerOfItsName()
    {
        NetworkDefinition network = Linear(NetworkDefinition.Create(new Shape(3)), 4).Add(new LinearLayer { OutFeatures = 4 }, "mix.a").Add(new LinearLayer { OutFeatures = 4 }, "mix.b", ["linear_1"])
            .Add(new AddLayer(), "mix", ["mix.a", "mix.b"]);
        Assert.Equal("linear_1", Assert.Single(network.WithoutLast(1).Layers).Name);
    }

    [Fact]
    public void AModelKeepsTheWeightsOfLayersThatStay()
    {
        NetworkDefinition small = Linear(NetworkDefinition.Create(new Shape(3)), 4);
        var model = new DLExperiments.Models.Model(small, WeightSet.Initialise(small, 5));
        DLExperiments.Models.Model larger = model.WithNetwork(Linear(small, 2), seed: 9);
        Assert.Equal(model.Weights["linear_1.weight"].Values, larger.Weights["linear_1.weight"].Values);
        Assert.NotSame(model.Weights["linear_1.weight"].Values, larger.Weights["linear_1.weight"].Values);
    }
}
