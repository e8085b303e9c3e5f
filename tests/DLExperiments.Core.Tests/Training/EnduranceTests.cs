using System.Diagnostics;
using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Native;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Training;
using DLExperiments.Training.Updates;
using TorchSharp;

namespace DLExperiments.Tests.Training;

/// <summary>Long trainings and many at once: memory stays flat, and nobody disturbs another's numbers.</summary>
public sealed class EnduranceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlx-endure-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [LinuxTheory]
    [InlineData("Torch")]
    [InlineData("Fused")]
    public void Memory_and_live_tensors_are_flat_over_2000_epochs(string engine)
    {
        // In a process of its own: the other tests of this one come and go.
        ChildProcess.Result child = ChildProcess.Run(TrainLong, null, engine, Path.Combine(folder, "curve.csv"));
        Assert.True(child.ExitCode == 0, child.Error);
        long[][] rows = [.. child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ').Select(long.Parse).ToArray())];
        Assert.Equal(20, rows.Length);
        Assert.Single(rows.Select(r => r[1]).Distinct()); // live tensors of the training's thread, at every hundredth epoch
        Assert.Single(rows.Select(r => r[2]).Distinct()); // and of the process
        // The first thousand epochs warm up compiled code and pools. What the collector has reserved is its own affair (it grows with the history by some
        // megabytes, as it likes), known as of its last collection: what was allocated since, some 4 KiB an epoch, counts here. A single sample may catch a
        // collection at work, so medians are compared: they lie 600 epochs apart, in which a leak of 8 KiB an epoch would be 4.7 MiB.
        long growth = Median(rows[15..]) - Median(rows[9..14]);
        Assert.True(growth < 4 << 20, $"unmanaged memory grew by {growth >> 10} KiB: {string.Join(", ", rows.Select(r => r[0] >> 10))}");
    }

    [Theory]
    [InlineData(EngineChoice.Torch)]
    [InlineData(EngineChoice.Fused)]
    public void Six_trainings_at_once_give_the_bits_that_each_gives_alone(EngineChoice engine)
    {
        TrainingResult Train(int seed) => Trainer.Train(TrainingRequest.New(Network, TrainingData.Cut(TrainingData.Clouds(90, 3, seed), 64)),
            new TrainingOptions { Epochs = 6, BatchSize = 10, Seed = seed, Engine = engine, Threads = 1 });
        float[][] alone = [.. Enumerable.Range(0, 6).Select(s => Bits(Train(s)))];
        var together = new float[6][];
        using var start = new Barrier(6);
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(s => new Thread(() =>
        {
            start.SignalAndWait();
            together[s] = Bits(Train(s));
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(alone, together);
        Assert.Equal(6, alone.Select(a => a[0]).Distinct().Count());
    }

    [Fact]
    public void The_global_generator_of_libtorch_has_no_part_in_a_training()
    {
        TorchLibrary.EnsureLoaded();
        TrainingResult Train(long seed)
        {
            torch.random.manual_seed(seed);
            return Trainer.Train(TrainingRequest.New(Network, TrainingData.Clouds(40, 3)), new TrainingOptions { Epochs = 2, Engine = EngineChoice.Torch });
        }
        Assert.Equal(Bits(Train(1)), Bits(Train(2)));
        torch.random.manual_seed(5);
        float drawn = torch.rand(1).item<float>();
        torch.random.manual_seed(5);
        Trainer.Train(TrainingRequest.New(Network, TrainingData.Clouds(40, 3)), new TrainingOptions { Epochs = 2, Engine = EngineChoice.Torch });
        Assert.Equal(drawn, torch.rand(1).item<float>());
    }

    private static long Median(long[][] rows) => rows.Select(r => r[0]).Order().ElementAt(rows.Length / 2);

    private static NetworkDefinition Network => NetworkDefinition.Create(new Shape(2)).Add(new LinearLayer { OutFeatures = 12 }).Add(new BatchNorm1dLayer())
        .Add(new ReLULayer()).Add(new DropoutLayer { P = 0.3 }).Add(new LinearLayer { OutFeatures = 3 });

    /// <summary>What the child does: writes resident bytes beyond the collector's and live tensors after every hundredth epoch.</summary>
    private static void TrainLong(string engine, string curve)
    {
        EngineChoice choice = Enum.Parse<EngineChoice>(engine);
        using var self = Process.GetCurrentProcess();
        Trainer.Train(TrainingRequest.New(Network, TrainingData.Cut(TrainingData.Clouds(96, 3), 64)), new TrainingOptions
        {
            Epochs = 2000, BatchSize = 10, Engine = choice, LearningCurve = curve,
            Rules = choice == EngineChoice.Torch ? new UpdateRules { ReportNorms = true, ReportLayers = true, ReportDeadUnits = true, ClipNorm = 1 } : UpdateRules.None,
        }, [new Meter(self, choice == EngineChoice.Torch)]);
    }

    private static float[] Bits(TrainingResult run) => [.. run.Model.Weights.Tensors.SelectMany(t => t.Values)];

    private sealed class Meter(Process self, bool torchIsLoaded) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch)
        {
            if (epoch.Epoch % 100 != 0) return;
            self.Refresh();
            (long own, long all) = torchIsLoaded ? Counts() : (0, 0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.WorkingSet64 - GC.GetGCMemoryInfo().TotalCommittedBytes} {own} {all}"));
        }

        private static (long Own, long All) Counts() => (DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount);
    }
}
