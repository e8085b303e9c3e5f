using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Randomness;
using DLExperiments.Training;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>Recurrent layers run on libtorch's kernels; the promises of training hold for them as for the others.</summary>
public sealed class RecurrentTrainingTests : IClassFixture<TorchFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-recurrent-").FullName;

    public static TheoryData<string> Kinds => ["LSTM", "GRU", "RNN"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CancelledAndResumedTheyGiveTheSameBits(string kind)
    {
        // Dropout between the layers draws from the module's own streams, two threads share the work.
        TrainingOptions options = new() { Epochs = 4, BatchSize = 16, Seed = 5, Threads = 2, LearningRate = 0.01 };
        TrainingResult whole = Trainer.Train(Request(kind), options);
        foreach (int at in new[] { 1, 5, 9 })
        {
            using var source = new CancellationTokenSource();
            string checkpoints = Path.Combine(folder, $"at{at}");
            Assert.Equal(StopReason.Cancelled, Trainer.Train(Request(kind), options with { Checkpoint = checkpoints }, [new Stop(source, at)], source.Token).StopReason);
            TrainingResult rest = Trainer.Resume(checkpoints, Sequences());
            Assert.Equal(whole.History.Select(e => e.TrainingLoss), rest.History.Select(e => e.TrainingLoss));
            foreach ((WeightTensor a, WeightTensor b) in whole.Model.Weights.Tensors.Zip(rest.Model.Weights.Tensors)) Assert.Equal(a.Values, b.Values);
        }
        // Chance is ln 2 = 0.69; the sum of a row's numbers decides.
        Assert.True(whole.FinalTrainingLoss < 0.69, $"{whole.FinalTrainingLoss}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheNumberOfLiveTensorsStays(string kind)
    {
        var counts = new List<long>();
        Trainer.Train(Request(kind), new TrainingOptions { Epochs = 3, BatchSize = 16, Seed = 5, Threads = 1 }, [new Counter(counts)]);
        Assert.Single(counts.Skip(1).Distinct());
    }

    private static TrainingRequest Request(string kind)
    {
        RecurrentLayer layer = kind switch
        {
            "LSTM" => new LSTMLayer { HiddenSize = 12, NumLayers = 2, Bidirectional = true, Dropout = 0.3 },
            "GRU" => new GRULayer { HiddenSize = 12, NumLayers = 2, Dropout = 0.3 },
            _ => new RNNLayer { HiddenSize = 12, NumLayers = 2, Dropout = 0.3 },
        };
        return TrainingRequest.New(NetworkDefinition.Create(new Shape(7, 3)).Add(layer).Add(new LinearLayer { OutFeatures = 2 }), Sequences());
    }

    private static Dataset Sequences()
    {
        const int Rows = 48, Size = 7 * 3;
        var random = new RandomStream(8, RandomPurpose.Synthesis);
        float[] x = [.. Enumerable.Range(0, Rows * Size).Select(_ => (float)random.NextNormal())];
        int[] y = [.. Enumerable.Range(0, Rows).Select(r => x.AsSpan(r * Size, Size).ToArray().Sum() > 0 ? 1 : 0)];
        return Dataset.Create("sequences", [new FloatColumn("x", new Shape(7, 3), x)], [new ClassColumn("class", y, ["low", "high"])]);
    }

    private sealed class Stop(CancellationTokenSource source, int after) : ITrainingObserver
    {
        private int made;

        public void OnStep(TrainingProgress progress)
        {
            if (++made == after) source.Cancel();
        }

        public void OnEpoch(EpochResult epoch)
        {
        }
    }

    private sealed class Counter(List<long> counts) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress) => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
