using DLExperiments.Data;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using DLExperiments.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DLExperiments.Tests.Networks.Torch;

/// <summary>Batch normalisation, ReLU and pooling in one operation against libtorch's three, in 64 bits.</summary>
public class NormPool2x2Tests : IClassFixture<TorchFixture>
{
    public static TheoryData<int, int, int, int, float> Sizes => new() { { 2, 8, 4, 4, 0 }, { 5, 16, 6, 2, 0 }, { 3, 32, 8, 12, 0 }, { 64, 32, 16, 16, 0 }, { 4, 8, 8, 8, 1000 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Values_gradients_and_running_statistics_are_libtorchs(int n, int c, int height, int width, float middle)
    {
        if (!NormPool2x2Kernel.IsSupported) return; // the three operations are taken there
        using DisposeScope scope = NewDisposeScope();
        NetworkDefinition network = Network(c, height, width);
        using var net = new TorchNetwork(network, Weights(network), memoryFormat: MemoryFormat.ChannelsLast);
        using var exact = new TorchNetwork(network, Weights(network), type: ScalarType.Float64, memoryFormat: MemoryFormat.Contiguous);
        Tensor x = (Values(n * c * height * width, 3).view(n, height, width, c) + middle).permute(0, 3, 1, 2);
        Tensor ours = x.detach().requires_grad_(), theirs = x.to(ScalarType.Float64).contiguous().detach().requires_grad_();
        Assert.True(NormPool2x2.TakesInFull(ours));
        Tensor y = net.Forward([ours], training: true)[0], expected = exact.Forward([theirs], training: true)[0];
        // A mean of 1000 leaves 1000 · 2^-24 = 6e-5 of each value itself; else some units of the last place.
        float tolerance = middle == 0 ? 1e-5f : 2e-4f;
        Near(expected, y, tolerance);
        Tensor g = Values((int)y.numel(), 4).view(y.shape);
        y.backward([g]);
        expected.backward([g.to(ScalarType.Float64)]);
        Near(theirs.grad!, ours.grad!, 3 * tolerance);
        // Sums over all points: relative to their size.
        Near(exact.FlatGradients, net.FlatGradients, tolerance * MathF.Sqrt(n * height * width));
        foreach (string name in new[] { "norm.running_mean", "norm.running_var" }) Near(exact.GetParameter(name), net.GetParameter(name), Math.Max(1e-6f, middle * 1e-6f));
        Assert.Equal(1f, net.ExportWeights()["norm.num_batches_tracked"].Values[0]);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        if (!NormPool2x2Kernel.IsSupported) return;
        int threads = get_num_threads();
        try
        {
            float[][] Compute(int count)
            {
                using DisposeScope scope = NewDisposeScope();
                set_num_threads(count);
                NetworkDefinition network = Network(32, 16, 16);
                using var net = new TorchNetwork(network, Weights(network), memoryFormat: MemoryFormat.ChannelsLast);
                Tensor x = Values(64 * 32 * 256, 3).view(64, 16, 16, 32).permute(0, 3, 1, 2).detach().requires_grad_();
                Tensor y = net.Forward([x], training: true)[0];
                y.backward([Values((int)y.numel(), 4).view(y.shape)]);
                return [Floats(y), Floats(x.grad!), Floats(net.FlatGradients), net.ExportWeights()["norm.running_var"].Values];
            }
            Assert.Equal(Compute(1), Compute(3));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Results_that_are_asked_for_and_evaluation_go_one_by_one()
    {
        NetworkDefinition network = Network(8, 4, 4);
        using var net = new TorchNetwork(network, Weights(network), memoryFormat: MemoryFormat.ChannelsLast);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Values(3 * 8 * 16, 3).view(3, 4, 4, 8).permute(0, 3, 1, 2);
        Tensor[] all = net.Forward([x], training: true, outputs: ["norm", "relu", "pool"]);
        Near(nn.functional.batch_norm(x, null, null, net.GetParameter("norm.weight"), net.GetParameter("norm.bias"), training: true), all[0], 1e-6f);
        Assert.Equal(Floats(nn.functional.relu(all[0])), Floats(all[1]));
        Near(all[2], net.Forward([x], training: true)[0], 1e-6f);
        Tensor evaluated = nn.functional.batch_norm(x, net.GetParameter("norm.running_mean"), net.GetParameter("norm.running_var"), net.GetParameter("norm.weight"), net.GetParameter("norm.bias"));
        Near(nn.functional.max_pool2d(nn.functional.relu(evaluated), 2), net.Forward([x], training: false)[0], 1e-6f);
    }

    [Theory]
    [InlineData(8, Precision.Float32)]
    [InlineData(7, Precision.Float32)]
    [InlineData(8, Precision.BFloat16)]
    [InlineData(7, Precision.BFloat16)]
    public void Training_and_evaluation_without_autograd_equal_the_steps_one_by_one(int side, Precision precision)
    {
        if (precision == Precision.BFloat16 && !Processor.HasBFloat16) return; // refused there
        NetworkDefinition network = NetworkDefinition.Create(new Shape(4, side, side)).Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3], Padding = new(1) }, "conv")
            .Add(new BatchNorm2dLayer(), "norm").Add(new ReLULayer(), "relu").Add(new MaxPool2dLayer { KernelSize = [2] }, "pool");
        using var net = new TorchNetwork(network, Weights(network), memoryFormat: MemoryFormat.ChannelsLast, precision: precision);
        using var exact = new TorchNetwork(network, Weights(network), type: ScalarType.Float64, memoryFormat: MemoryFormat.Contiguous);
        using DisposeScope scope = NewDisposeScope();
        // bfloat16 keeps 8 bits of each product's factors and of the result: 2^-8 of values up to 4, added up over the steps between.
        float tolerance = precision == Precision.Float32 ? 1e-5f : 0.05f;
        Tensor x = Values(6 * 4 * side * side, 5).view(6, side, side, 4).permute(0, 3, 1, 2), wide = x.to(ScalarType.Float64).contiguous();
        Near(exact.Forward([wide], training: true)[0], net.Forward([x], training: true)[0], tolerance);
        Dictionary<string, float[]> before = net.ExportWeights().Tensors.ToDictionary(t => t.Name, t => t.Values);
        using (no_grad()) Near(exact.Forward([wide], training: false)[0], net.Forward([x], training: false)[0], tolerance);
        foreach (WeightTensor tensor in net.ExportWeights().Tensors) Assert.Equal(before[tensor.Name], tensor.Values);
    }

    [Fact]
    public void A_training_with_it_leaves_no_tensor_behind()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(1, 8, 8)).Add(new Conv2dLayer { OutChannels = 8, KernelSize = [3], Padding = new(1) })
            .Add(new BatchNorm2dLayer()).Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] }).Add(new Conv2dLayer { OutChannels = 8, KernelSize = [3], Padding = new(1) })
            .Add(new BatchNorm2dLayer()).Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] }).Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 2 });
        var random = new RandomStream(3, RandomPurpose.User);
        Dataset data = Dataset.Create("pictures", [new FloatColumn("x", new Shape(1, 8, 8), [.. Enumerable.Range(0, 32 * 64).Select(i => (float)random.NextNormal() + (i / 64 % 2))])],
            [new ClassColumn("y", [.. Enumerable.Range(0, 32).Select(i => i % 2)], ["low", "high"])]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var counts = new List<long>();
        TrainingResult run = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions { Epochs = 20, BatchSize = 8 }, [new Counter(counts)]);
        Assert.Equal(MemoryFormat.ChannelsLast, run.MemoryFormat);
        Assert.InRange(run.TrainingAccuracy!.Value, 0.9, 1); // the classes lie eight standard deviations of a mean apart
        Assert.Single(counts.Skip(1).Distinct());
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private sealed class Counter(List<long> counts) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch) => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static NetworkDefinition Network(int channels, int height, int width) => NetworkDefinition.Create(new Shape(channels, height, width))
        .Add(new BatchNorm2dLayer(), "norm").Add(new ReLULayer(), "relu").Add(new MaxPool2dLayer { KernelSize = [2] }, "pool");

    /// <summary>Scales of both signs, for the largest value is then the smallest of the input; and one of zero.</summary>
    private static WeightSet Weights(NetworkDefinition network) => new(WeightSet.Initialise(network, 1).Tensors.Select(t =>
        t.Name is "norm.weight" or "norm.bias" ? new WeightTensor(t.Name, t.Shape, [.. t.Values.Select((_, i) => i == 5 ? 0 : MathF.Sin(1 + i))], t.IsBuffer) : t));

    private static Tensor Values(int count, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.User);
        return tensor([.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())]);
    }

    private static void Near(Tensor expected, Tensor got, float tolerance)
    {
        float[] a = Floats(expected), b = Floats(got);
        Assert.Equal(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], tolerance * Math.Max(1, Math.Abs(a[i])));
    }

    private static float[] Floats(Tensor tensor) => [.. tensor.detach().to(ScalarType.Float32).contiguous().data<float>()];
}
