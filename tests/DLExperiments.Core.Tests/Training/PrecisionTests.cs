using DLExperiments.Data;
using DLExperiments.Errors;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Networks.Torch;
using DLExperiments.Randomness;
using DLExperiments.Training;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>Training in fewer bits, and what the result says of it; images in training.</summary>
public class PrecisionTests : IClassFixture<TorchFixture>
{
    private static readonly NetworkDefinition Network = NetworkDefinition.Create(new Shape(3, 12, 12))
        .Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3], Padding = new(1) }, "conv_1").Add(new BatchNorm2dLayer(), "norm_1").Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] })
        .Add(new Conv2dLayer { OutChannels = 16, KernelSize = [3] }, "conv_2").Add(new BatchNorm2dLayer(), "norm_2").Add(new ReLULayer()).Add(new MaxPool2dLayer { KernelSize = [2] })
        .Add(new FlattenLayer()).Add(new LinearLayer { OutFeatures = 3 }, "head");

    [Fact]
    public void LossesInBFloat16EqualThoseInFloat32ToTwoDigits()
    {
        if (!Processor.HasBFloat16)
        {
            Assert.Equal("PrecisionUnsupported", Assert.Throws<ExperimentException>(() => Train(new() { Precision = Precision.BFloat16 })).ErrorId);
            return;
        }
        TrainingResult full = Train(new()), half = Train(new() { Precision = Precision.BFloat16 });
        Assert.Equal((Precision.Float32, Precision.BFloat16), (full.Precision, half.Precision));
        Assert.Equal("Torch", half.Engine);
        // 8 bits of mantissa: a rounding of 0.4 % of each product, which sums even out.
        foreach ((EpochResult a, EpochResult b) in full.History.Zip(half.History)) Assert.Equal(a.TrainingLoss, b.TrainingLoss, 0.02 * a.TrainingLoss + 0.002);
        Assert.NotEqual(full.FinalTrainingLoss, half.FinalTrainingLoss);
        // It learns: chance is ln 3 = 1.10.
        Assert.True(half.FinalTrainingLoss < 0.6, $"{half.FinalTrainingLoss}");
    }

    [Fact]
    public void RecurrentLayersTrainInBFloat16Too()
    {
        if (!Processor.HasBFloat16) return;
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3, 12, 12)).Add(new ReshapeLayer { Shape = new Shape(12, 36) })
            .Add(new LSTMLayer { HiddenSize = 16 }).Add(new LinearLayer { OutFeatures = 3 });
        TrainingResult Run(Precision precision) => Trainer.Train(TrainingRequest.New(network, Images()),
            new TrainingOptions { Precision = precision, Epochs = 5, BatchSize = 16, Seed = 2, Threads = 1, LearningRate = 0.01 });
        foreach ((EpochResult a, EpochResult b) in Run(Precision.Float32).History.Zip(Run(Precision.BFloat16).History))
            Assert.Equal(a.TrainingLoss, b.TrainingLoss, 0.03 * a.TrainingLoss + 0.003);
    }

    [Fact]
    public void ANetworkWithoutProductsIsRefused()
    {
        NetworkDefinition network = NetworkDefinition.Create(new Shape(3, 12, 12)).Add(new GlobalAvgPool2dLayer());
        var error = Assert.Throws<ExperimentException>(() => Trainer.Train(TrainingRequest.New(network, Images()), new TrainingOptions { Precision = Precision.BFloat16 }));
        Assert.Equal("PrecisionUnsupported", error.ErrorId);
    }

    [Fact]
    public void TheResultSaysHowImagesLayAndBothWaysAgree()
    {
        TrainingResult last = Train(new()), contiguous = Train(new() { MemoryFormat = MemoryFormat.Contiguous });
        Assert.Equal((MemoryFormat.ChannelsLast, MemoryFormat.Contiguous), (last.MemoryFormat, contiguous.MemoryFormat));
        // 40 steps of rounding in the seventh digit, which training makes larger.
        foreach ((EpochResult a, EpochResult b) in contiguous.History.Zip(last.History)) Assert.Equal(a.TrainingLoss, b.TrainingLoss, 1e-3 * a.TrainingLoss);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        TrainingResult first = Train(new()), second = Train(new());
        foreach ((WeightTensor a, WeightTensor b) in first.Model.Weights.Tensors.Zip(second.Model.Weights.Tensors)) Assert.Equal(a.Values, b.Values);
    }

    [Fact]
    public void TheNumberOfLiveTensorsStays()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var counts = new List<long>();
        Train(new(), new Counter(counts));
        Assert.Single(counts.Skip(1).Distinct());
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static TrainingResult Train(TrainingOptions options, params ITrainingObserver[] observers) =>
        Trainer.Train(TrainingRequest.New(Network, Images()), options with { Epochs = 5, BatchSize = 16, Seed = 2, Threads = 1 }, observers);

    /// <summary>A picture for each of three classes under as much noise.</summary>
    private static Dataset Images()
    {
        const int Rows = 128, Size = 3 * 12 * 12;
        var random = new RandomStream(8, RandomPurpose.Synthesis);
        float[] pictures = [.. Enumerable.Range(0, 3 * Size).Select(_ => (float)random.NextNormal())], x = new float[Rows * Size];
        for (int i = 0; i < x.Length; i++) x[i] = pictures[(i / Size % 3 * Size) + (i % Size)] + (float)random.NextNormal();
        return Dataset.Create("images", [new FloatColumn("x", new Shape(3, 12, 12), x)], [new ClassColumn("class", [.. Enumerable.Range(0, Rows).Select(r => r % 3)], ["a", "b", "c"])]);
    }

    private sealed class Counter(List<long> counts) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress) => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
