using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks;

/// <summary>Parameters that layers have in common, and dropout for SELU; tests/Module has the messages.</summary>
public class TieTests : IClassFixture<TorchFixture>
{
    private static readonly LinearLayer Square = new() { OutFeatures = 2, Bias = false };

    private static NetworkDefinition Twice => NetworkDefinition.Create(new Shape(2)).Add(Square, "a").Add(Square, "b").WithTied("b", "a.weight");

    [Fact]
    public void GradientsOfATiedParameterAddUp()
    {
        var weights = new WeightSet([new WeightTensor("a.weight", new Shape(2, 2), [1, 2, 3, 4])]);
        using var net = new TorchNetwork(Twice, weights);
        using DisposeScope scope = NewDisposeScope();
        Tensor output = net.Forward([ones(1, 2)], training: true)[0];
        Assert.Equal([17f, 37f], output.data<float>().ToArray()); // W W x with W x = (3, 7)
        output.sum().backward();
        // 1 (W x)ᵀ + (Wᵀ 1) xᵀ = (3 7; 3 7) + (4 4; 6 6).
        Assert.Equal([7f, 11f, 9f, 13f], net.FlatGradients.data<float>().ToArray());
    }

    [Fact]
    public void ATiedParameterCountsOnceAndFreezesWithItsOwner()
    {
        Assert.Equal(4, Twice.ParameterCount);
        Assert.Equal(0, Twice.WithFrozen(n => n == "a", true).TrainableParameterCount);
        Assert.Equal(4, Twice.WithFrozen(n => n == "b", true).TrainableParameterCount);
    }

    [Fact]
    public void BlocksKeepTheirTiesToThemselves()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2)).AddNetwork(Twice, "one").AddNetwork(Twice, "two");
        Assert.Equal(["one.a.weight", "two.a.weight"], network.Layers.SelectMany(l => l.Ties).Select(t => t.FullName));
        Assert.Equal(8, network.ParameterCount);
        string json = NetworkJson.Write(network);
        Assert.Equal(json, NetworkJson.Write(NetworkJson.Read(json)));
    }

    [Fact]
    public void TwinsOfATiedLayerComputeWithTheSameParameter()
    {
        NetworkDefinition network = Twice.AddShared("b", "c");
        using var net = new TorchNetwork(network, new WeightSet([new WeightTensor("a.weight", new Shape(2, 2), [0, 2, 1, 0])]));
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([4f, 2f], net.Forward([ones(1, 2)], training: false)[0].data<float>().ToArray()); // (1,1) -> (2,1) -> (2,2) -> (4,2)
    }

    [Fact]
    public void AnOwnerOfATiedParameterStaysAndIsNotTiedItself()
    {
        Assert.Equal("InvalidTie", Assert.Throws<ExperimentException>(() => Twice.Add(Square, "c").WithTied("a", "c.weight")).ErrorId);
        Assert.Equal("InvalidTie", Assert.Throws<ExperimentException>(() => Twice.WithTied("a", "a.weight")).ErrorId);
        NetworkDefinition side = NetworkDefinition.Create(new Shape(2)).Add(Square, "a", ["input"]).Add(Square, "b", ["input"]).WithTied("b", "a.weight");
        Assert.Equal("LayerInUse", Assert.Throws<ExperimentException>(() => side.Without(n => n == "a")).ErrorId);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void AlphaDropoutKeepsMeanAndVariance(double p)
    {
        const int count = 200_000;
        NetworkDefinition network = NetworkDefinition.Create(new Shape(count)).Add(new AlphaDropoutLayer { P = p });
        using var net = new TorchNetwork(network, new WeightSet([]));
        using DisposeScope scope = NewDisposeScope();
        var random = new RandomStream(1, RandomPurpose.User);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
        float[] dropped = net.Forward([tensor(values, [1, count])], training: true, seed: 4)[0].data<float>().ToArray();

        // Klambauer and others 2017, section 3: a (x d + α'(1 - d)) + b.
        double least = -1.0507009873554805 * 1.6732632423543772, a = 1 / Math.Sqrt((1 - p) * (1 + (p * least * least))), b = -a * p * least;
        int gone = 0;
        for (int i = 0; i < count; i++)
        {
            // Two roundings in 32 bits of numbers up to 5.
            bool lost = Math.Abs(dropped[i] - ((a * least) + b)) < 1e-5;
            if (lost) gone++;
            else Assert.Equal((a * values[i]) + b, dropped[i], 1e-5);
        }
        double mean = dropped.Average(v => (double)v), variance = dropped.Average(v => (v - mean) * (v - mean));
        // Five standard errors: 1/√n of the mean, at most √(kurtosis/n) < 0.006 of the variance, √(p(1-p)/n) of the share.
        Assert.Equal(p, (double)gone / count, 0.006);
        Assert.Equal(0, mean, 0.012);
        Assert.Equal(1, variance, 0.03);
        Assert.Equal(values, net.Forward([tensor(values, [1, count])], training: false)[0].data<float>().ToArray());
    }
}
