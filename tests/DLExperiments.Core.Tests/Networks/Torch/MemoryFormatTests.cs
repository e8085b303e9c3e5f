using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks.Torch;

/// <summary>How images lie in memory changes rounding and nothing else.</summary>
public class MemoryFormatTests : IClassFixture<TorchFixture>
{
    public static IEnumerable<object[]> ImageLayers =>
        Enumerable.Range(0, LayerCase.All.Length).Where(i => LayerCase.All[i].Shapes.All(s => s.Count == 3)).Select(i => new object[] { i, LayerCase.All[i].Type });

    [Theory]
    [MemberData(nameof(ImageLayers))]
    public void OutputsAndGradientsOfChannelsLastEqualThoseOfContiguous(int place, string name)
    {
        Assert.NotEmpty(name);
        LayerCase layer = LayerCase.All[place];
        NetworkDefinition network = layer.MakeNetwork();
        WeightSet weights = WeightSet.Initialise(network, 3);
        float[][] Compute(MemoryFormat format)
        {
            using DisposeScope scope = NewDisposeScope();
            using var net = new TorchNetwork(network, weights, memoryFormat: format);
            Assert.Equal(format, net.MemoryFormat);
            Tensor[] inputs = [.. layer.Shapes.Select((s, i) => tensor(layer.MakeValues(i, 3), s.WithBatch(3)).to(ScalarType.Float32))];
            if (format == MemoryFormat.ChannelsLast) inputs = [.. inputs.Select(t => t.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2))];
            foreach (Tensor input in inputs) input.requires_grad_();
            Tensor output = net.Forward(inputs, training: true, seed: 4, step: 2)[0];
            Assert.True(output.is_contiguous());
            (output * arange(output.numel(), dtype: ScalarType.Float32).view(output.shape).sin()).sum().backward();
            return [Values(output), Values(net.FlatGradients), .. inputs.Select(i => i.grad is null ? [] : Values(i.grad))];
        }
        float[][] contiguous = Compute(MemoryFormat.Contiguous), last = Compute(MemoryFormat.ChannelsLast);
        // Sums of at most some hundred products of numbers near 1 in another order: some units of 6e-8 each.
        foreach ((float[] a, float[] b) in contiguous.Zip(last))
        {
            Assert.Equal(a.Length, b.Length);
            for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 2e-5f * Math.Max(1, Math.Abs(a[i])));
        }
    }

    [Fact]
    public void TheFasterFormatIsChosenAndWeightsKeepTheirOrder()
    {
        NetworkDefinition cnn = NetworkDefinition.Create(new Shape(3, 8, 8)).Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3] }, "a").Add(new ReLULayer())
            .Add(new Conv2dLayer { OutChannels = 4, KernelSize = [3] }, "b");
        WeightSet weights = WeightSet.Initialise(cnn, 1);
        using var net = new TorchNetwork(cnn, weights);
        Assert.Equal(MemoryFormat.ChannelsLast, net.MemoryFormat);
        Assert.Equal(weights["b.weight"].Values, net.ExportWeights()["b.weight"].Values);
        NetworkDefinition dense = NetworkDefinition.Create(new Shape(3)).Add(new LinearLayer { OutFeatures = 2 });
        using var plain = new TorchNetwork(dense, WeightSet.Initialise(dense, 1));
        Assert.Equal(MemoryFormat.Contiguous, plain.MemoryFormat);
    }

    [Fact] // Buffers of several layers as views of one tensor would share one count of changes, and backward would refuse.
    public void SeveralBatchNormalisationsTrainTogether()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2, 4, 4)).Add(new Conv2dLayer { OutChannels = 3, KernelSize = [1] }).Add(new BatchNorm2dLayer(), "first")
            .Add(new ReLULayer()).Add(new BatchNorm2dLayer(), "second").Add(new GlobalAvgPool2dLayer());
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        for (int step = 0; step < 2; step++) net.Forward([arange(96, dtype: ScalarType.Float32).view(3, 2, 4, 4).sin()], training: true)[0].square().sum().backward();
        Assert.Equal([2f], net.ExportWeights()["second.num_batches_tracked"].Values);
        Assert.Contains(Values(net.GetParameter("first.weight").grad!), g => g != 0);
    }

    private static float[] Values(Tensor tensor) => [.. tensor.detach().contiguous().data<float>()];
}
