using DLExperiments.Errors;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks;

public class TorchNetworkTests : IClassFixture<TorchFixture>
{
    private static NetworkDefinition Mlp(bool frozenFirst = false) => NetworkDefinition.Create(new Shape(3))
        .Add(new LinearLayer { OutFeatures = 4 }, "first", frozen: frozenFirst).Add(new BatchNorm1dLayer(), "norm").Add(new ReLULayer())
        .Add(new LinearLayer { OutFeatures = 2 }, "head");

    private static float[] Values(Tensor tensor) => [.. tensor.contiguous().data<float>()];

    [Fact]
    public void OneFlatTensorHoldsAllTrainableParametersAndOneTheirGradients()
    {
        NetworkDefinition network = Mlp();
        WeightSet weights = WeightSet.Initialise(network, 1);
        using var net = new TorchNetwork(network, weights);
        Assert.Equal(["first.weight", "first.bias", "norm.weight", "norm.bias", "head.weight", "head.bias"], net.ParameterSlices.Select(s => s.Name));
        Assert.Equal([0L, 12, 16, 20, 24, 32], net.ParameterSlices.Select(s => s.Offset));
        Assert.Equal([false, true, false, true, false, true], net.ParameterSlices.Select(s => s.IsBias));
        Assert.Equal(network.TrainableParameterCount, net.FlatParameters.numel());
        Assert.Equal(weights.Tensors.Where(t => !t.IsBuffer).SelectMany(t => t.Values), Values(net.FlatParameters));

        using DisposeScope scope = NewDisposeScope();
        net.Forward([ones(5, 3) * arange(5, dtype: ScalarType.Float32).unsqueeze(1)], training: true)[0].square().sum().backward();
        float[] once = Values(net.FlatGradients);
        Assert.Contains(once, g => g != 0);
        Assert.Equal(once[24..32], Values(net.GetParameter("head.weight").grad!));
        // Backward adds in place; zeroing starts anew.
        net.Forward([ones(5, 3) * arange(5, dtype: ScalarType.Float32).unsqueeze(1)], training: true)[0].square().sum().backward();
        Assert.All(once.Zip(Values(net.FlatGradients)), p => Assert.Equal(2 * p.First, p.Second, 1e-3f));
        net.ZeroGradients();
        Assert.All(Values(net.FlatGradients), g => Assert.Equal(0, g));

        // An optimizer's step on the flat tensor is seen by the layers.
        using (no_grad()) net.FlatParameters.fill_(0.5);
        Assert.All(net.ExportWeights()["head.weight"].Values, v => Assert.Equal(0.5f, v));
        using (no_grad())
            Assert.All(Values(net.Forward([zeros(1, 3)], false, outputs: ["first"])[0]), v => Assert.Equal(0.5f, v));
    }

    [Fact]
    public void WeightsComeOutAsTheyWentIn()
    {
        NetworkDefinition network = Mlp(frozenFirst: true);
        WeightSet first = WeightSet.Initialise(network, 1), second = WeightSet.Initialise(network, 2);
        using var net = new TorchNetwork(network, first);
        Assert.Equal(first.Tensors.SelectMany(t => t.Values), net.ExportWeights().Tensors.SelectMany(t => t.Values));
        net.LoadWeights(second);
        WeightSet exported = net.ExportWeights();
        Assert.Equal(second.Tensors.SelectMany(t => t.Values), exported.Tensors.SelectMany(t => t.Values));
        Assert.Equal(second.Tensors.Select(t => (t.Name, t.Shape, t.IsBuffer)), exported.Tensors.Select(t => (t.Name, t.Shape, t.IsBuffer)));
        Assert.Equal("WeightMismatch", Assert.Throws<ExperimentException>(() => net.LoadWeights(WeightSet.Initialise(NetworkDefinition.Create(new Shape(3)), 1))).ErrorId);
    }

    [Fact]
    public void ItsTensorsOutliveTheDisposeScopeOfItsMaker()
    {
        TorchNetwork net;
        using (NewDisposeScope()) net = new TorchNetwork(Mlp(), WeightSet.Initialise(Mlp(), 1));
        using (net)
        {
            Tensor kept;
            using (DisposeScope scope = NewDisposeScope())
            {
                kept = net.Forward([ones(4, 3)], training: false)[0].MoveToOuterDisposeScope();
                Assert.Equal(0, scope.DisposablesCount - 1); // only the input is left: intermediates are gone
            }
            Assert.Equal([4, 2], kept.shape);
            kept.sum().backward();
            Assert.Contains(Values(net.FlatGradients), g => g != 0);
            kept.Dispose();
        }
    }

    [Fact]
    public void FrozenLayersGetNoGradientAndFrozenBatchNormKeepsItsStatistics()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3)).Add(new LinearLayer { OutFeatures = 4 }, "first", frozen: true)
            .Add(new BatchNorm1dLayer(), "norm", frozen: true).Add(new LinearLayer { OutFeatures = 2 }, "head");
        WeightSet weights = WeightSet.Initialise(network, 1);
        using var net = new TorchNetwork(network, weights);
        Assert.Equal(["head.weight", "head.bias"], net.ParameterSlices.Select(s => s.Name));
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(4, 3) * arange(4, dtype: ScalarType.Float32).unsqueeze(1);
        Tensor training = net.Forward([x], training: true)[0], evaluation = net.Forward([x], training: false)[0];
        training.sum().backward();
        Assert.Equal(Values(evaluation), Values(training));
        Assert.Null(net.GetParameter("first.weight").grad);
        WeightSet after = net.ExportWeights();
        foreach (WeightTensor tensor in weights.Tensors.Where(t => t.Name.StartsWith("norm", StringComparison.Ordinal)))
            Assert.Equal(tensor.Values, after[tensor.Name].Values);
    }

    [Fact]
    public void IntermediateResultsAndNamedOutputsComeByName()
    {
        NetworkDefinition network = Mlp().Add(new LinearLayer { OutFeatures = 5 }, "other", ["norm"]).WithOutputs("other", "head");
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([[2L, 5], [2L, 2]], net.Forward([ones(2, 3)], false).Select(t => t.shape));
        Tensor[] some = net.Forward([ones(2, 3)], false, outputs: ["FIRST", "input", "first"]);
        Assert.Equal([[2L, 4], [2L, 3], [2L, 4]], some.Select(t => t.shape));
        Assert.Equal("UnknownLayerName", Assert.Throws<ExperimentException>(() => net.Forward([ones(2, 3)], false, outputs: ["nope"])).ErrorId);
    }

    [Fact]
    public void InputsThatDoNotFitAreNamed()
    {
        using var net = new TorchNetwork(Mlp(), WeightSet.Initialise(Mlp(), 1));
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExperimentException>(() => net.Forward([ones(2, 4)], false));
        Assert.Equal("InputMismatch", error.ErrorId);
        Assert.Equal("The network's input 'input' has the shape [3], but a batch of [4] was given.", error.Message);
        Assert.Equal("InputMismatch", Assert.Throws<ExperimentException>(() => net.Forward([], false)).ErrorId);
    }

    [Fact]
    public void ABatchOfOneCannotBeNormalised()
    {
        using var net = new TorchNetwork(Mlp(), WeightSet.Initialise(Mlp(), 1));
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExperimentException>(() => net.Forward([ones(1, 3)], training: true));
        Assert.Equal("BatchTooSmall", error.ErrorId);
        Assert.Contains("'norm'", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], net.Forward([ones(1, 3)], training: false)[0].shape);
    }

    [Fact] // N3 [60]: 512x1x10x10 from U[0,1): mean .5 -> 0, variance 1/12 -> 1.
    public void BatchNormMakesMeanZeroAndVarianceOne()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 10, 10)).Add(new BatchNorm2dLayer(), "norm");
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        var random = new RandomStream(1, RandomPurpose.User);
        float[] values = Enumerable.Range(0, 51_200).Select(_ => random.NextSingle()).ToArray();
        // Standard errors: 0.29 / sqrt(51200) = 0.0013 for the mean, 0.0003 for the variance; five of them.
        Assert.Equal(0.5, values.Average(), 0.0065);
        Assert.Equal(1 / 12.0, values.Average(v => (v - 0.5) * (v - 0.5)), 0.0017);
        float[] normal = Values(net.Forward([tensor(values, [512, 1, 10, 10])], training: true)[0]);
        double mean = normal.Average(v => (double)v);
        Assert.Equal(0, mean, 1e-5);
        // eps = 1e-5 takes 1.2e-4 of a variance of 1/12.
        Assert.Equal(1, normal.Average(v => (v - mean) * (v - mean)), 2e-4);
        // momentum 0.1: the running mean moved a tenth of the way from 0, the running variance from 1.
        Assert.Equal(0.05, net.ExportWeights()["norm.running_mean"].Values[0], 0.001);
        Assert.Equal(0.9 + (0.1 / 12), net.ExportWeights()["norm.running_var"].Values[0], 0.001);
    }

    [Fact] // N3 [47]: p = .3 on many values.
    public void DropoutZeroesAShareScalesTheRestAndIsOffInEvaluation()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(512)).Add(new DropoutLayer { P = 0.3 }).Add(new DropoutLayer { P = 0.3 });
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(100, 512);
        float[] Draw(long seed, long step) => Values(net.Forward([x], training: true, seed, step, ["dropout_1"])[0]);
        float[] once = Draw(1, 0);
        // Standard error of the share: sqrt(.3 * .7 / 51200) = 0.002; five of them.
        Assert.Equal(0.3, once.Count(v => v == 0) / 51_200.0, 0.01);
        Assert.All(once.Where(v => v != 0), v => Assert.Equal(1.428571f, v, 1e-6f));
        Assert.Equal(once, Draw(1, 0));
        Assert.NotEqual(once, Draw(1, 1));
        Assert.NotEqual(once, Draw(2, 0));
        // Two layers drop independently: about .09 of the values fall to both.
        float[] twice = Values(net.Forward([x], training: true, 1, 0)[0]);
        Assert.Equal(1 - (0.7 * 0.7), twice.Count(v => v == 0) / 51_200.0, 0.011);
        Assert.All(Values(net.Forward([x], training: false)[0]), v => Assert.Equal(1, v));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void DropoutTakesTheEndsOfItsRange(double p, float expected)
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(64)).Add(new DropoutLayer { P = p });
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        Assert.All(Values(net.Forward([ones(10, 64)], training: true)[0]), v => Assert.Equal(expected, v));
    }

    [Fact]
    public void Dropout2dDropsWholeChannels()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(50, 3, 3)).Add(new Dropout2dLayer { P = 0.4 });
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        float[] y = Values(net.Forward([ones(100, 50, 3, 3)], training: true)[0]);
        float[][] channels = [.. y.Chunk(9)];
        Assert.All(channels, c => Assert.Single(c.Distinct()));
        // Standard error sqrt(.4 * .6 / 5000) = 0.007; five of them.
        Assert.Equal(0.4, channels.Count(c => c[0] == 0) / 5000.0, 0.035);
    }

    [Fact]
    public void NoGradientReachesThePaddingRowOfAnEmbedding()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3)).Add(new EmbeddingLayer { NumEmbeddings = 4, EmbeddingDim = 2, PaddingIdx = 1 }, "words");
        WeightSet weights = WeightSet.Initialise(network, 1);
        Assert.Equal([0f, 0f], weights["words.weight"].Values[2..4]);
        using var net = new TorchNetwork(network, weights);
        using DisposeScope scope = NewDisposeScope();
        net.Forward([tensor(new long[] { 1, 2, 1, 3, 3, 2 }, [2, 3])], training: true)[0].sum().backward();
        Assert.Equal([0f, 0, 0, 0, 2, 2, 2, 2], Values(net.FlatGradients));
    }

    [Fact]
    public void WithoutAutogradResultsAreReleasedAfterTheirLastUse()
    {
        // A branch that is read late, values passed on unchanged, and an input that must stay the caller's.
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3)).Add(new IdentityLayer(), "same").Add(new LinearLayer { OutFeatures = 3 }, "a")
            .Add(new DropoutLayer(), "drop").Add(new LinearLayer { OutFeatures = 3 }, "b").Add(new ReLULayer(), "c").Add(new AddLayer(), "sum", ["a", "c"])
            .Add(new LinearLayer { OutFeatures = 2 }, "head");
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(4, 3);
        string[] wanted = ["head", "b", "same"];
        float[][] recorded = [.. net.Forward([x], training: false, outputs: wanted).Select(Values)];
        long peak;
        float[][] released;
        using (no_grad())
        {
            long before = scope.DisposablesCount;
            released = [.. net.Forward([x], training: false, outputs: wanted).Select(Values)];
            peak = scope.DisposablesCount - before;
        }
        Assert.Equal(recorded, released);
        Assert.False(x.IsInvalid);
        Assert.Equal(12, x.numel());
        Assert.InRange(peak, 3, 6); // three outputs, and what Values made of them
    }
}
