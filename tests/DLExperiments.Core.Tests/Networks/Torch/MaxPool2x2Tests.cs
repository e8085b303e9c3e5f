using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks.Torch;

/// <summary>Our pooling against libtorch's: to the bit, for it only chooses values.</summary>
public class MaxPool2x2Tests : IClassFixture<TorchFixture>
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 2, 3, 4, 4 }, { 1, 1, 2, 2 }, { 2, 8, 16, 16 }, { 1, 13, 17, 19 }, { 2, 6, 5, 36 }, { 3, 20, 7, 6 }, { 1, 9, 3, 33 }, { 2, 64, 32, 34 }, { 1, 2, 9, 18 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ValuesAndGradientsAreLibtorchsIncludingTiesAndNaN(int n, int c, int height, int width)
    {
        if (!MaxPool2x2Kernel.IsSupported) return; // libtorch pools there
        foreach (bool channelsLast in new[] { false, true })
        foreach (bool rectify in new[] { false, true })
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = Values(n * c * height * width).view(n, c, height, width);
            if (channelsLast) x = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
            Tensor ours = x.detach().requires_grad_(), theirs = x.detach().clone().requires_grad_();
            Tensor y = MaxPool2x2.Pool(ours, rectify);
            Tensor expected = nn.functional.max_pool2d(rectify ? nn.functional.relu(theirs) : theirs, 2);
            Assert.Equal(expected.shape, y.shape);
            Assert.Equal(Bits(expected), Bits(y));
            using (no_grad()) Assert.Equal(Bits(expected), Bits(MaxPool2x2.Pool(x, rectify)));

            Tensor g = arange(1, y.numel() + 1, dtype: ScalarType.Float32).view(y.shape);
            y.backward([g]);
            expected.backward([g]);
            Assert.Equal(Bits(theirs.grad!), Bits(ours.grad!));
        }
    }

    [Fact]
    public void OnAThreadPoolTheSameBitsComeOut()
    {
        if (!MaxPool2x2Kernel.IsSupported) return;
        int threads = get_num_threads();
        try
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = Values(7 * 32 * 30 * 30).view(7, 32, 30, 30);
            set_num_threads(1);
            int[] one = Bits(MaxPool2x2.Pool(x, rectify: true));
            set_num_threads(3);
            Assert.Equal(one, Bits(MaxPool2x2.Pool(x, rectify: true)));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void APoolDoesItsReLUsWorkOnlyWhereNobodyElseReadsIt()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(2, 6, 6)).Add(new Conv2dLayer { OutChannels = 3, KernelSize = [3] }, "conv")
            .Add(new ReLULayer(), "relu").Add(new MaxPool2dLayer { KernelSize = [2] }, "pool");
        using var net = new TorchNetwork(network, WeightSet.Initialise(network, 1));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor x = Values(2 * 2 * 36).nan_to_num(0).view(2, 2, 6, 6);
        Tensor[] all = net.Forward([x], false, outputs: ["conv", "relu", "pool"]);
        Assert.Equal(Bits(nn.functional.relu(all[0])), Bits(all[1]));
        Assert.Equal(Bits(nn.functional.max_pool2d(all[1], 2)), Bits(all[2]));
        Assert.Equal(Bits(all[2]), Bits(net.Forward([x], false)[0]));

        // Two readers: the sum of the ReLU's values must not see what the convolution gave.
        NetworkDefinition forked = network.Add(new GlobalAvgPool2dLayer(), "mean", ["relu"]).WithOutputs("pool", "mean");
        using var both = new TorchNetwork(forked, WeightSet.Initialise(forked, 1));
        Tensor[] outputs = both.Forward([x], false);
        Assert.Equal(Bits(all[2]), Bits(outputs[0]));
        Assert.Equal(Bits(all[1].mean([2, 3])), Bits(outputs[1]));
    }

    /// <summary>Few different values, so that many windows have ties; a NaN now and then.</summary>
    private static Tensor Values(int count)
    {
        var random = new RandomStream(3, RandomPurpose.User);
        return tensor([.. Enumerable.Range(0, count).Select(_ => random.NextUInt32() % 97 == 0 ? float.NaN : (int)(random.NextUInt32() % 5) - 2f)]);
    }

    // Zeros of both signs are equal, and NaN is to be found where it was.
    private static int[] Bits(Tensor tensor) => [.. tensor.detach().contiguous().data<float>().Select(v => BitConverter.SingleToInt32Bits(v == 0 ? 0 : float.IsNaN(v) ? float.NaN : v))];
}
