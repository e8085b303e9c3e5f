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
        // In a process of its own: the other tests of this one come and go. Its code is compiled once: recompiling in the background takes and returns megabytes.
        ChildProcess.Result child = ChildProcess.Run(TrainLong, new Dictionary<string, string?> { ["DOTNET_TieredCompilation"] = "0" }, engine, Path.Combine(folder, "curve.csv"));
        Assert.True(child.ExitCode == 0, child.Error);
        long[][] rows = [.. child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ').Select(long.Parse).ToArray())];
        Assert.Equal(20, rows.Length);
        Assert.Single(rows.Select(r => r[1]).Distinct()); // live tensors of the training's thread, at every hundredth epoch
        Assert.Single(rows.Select(r => r[2]).Distinct()); // and of the process
        // What malloc has given out and not got back: libtorch's tensors and every other native block are in it, the collector's own pages and the allocator's
        // free lists (which breathe by megabytes) are not, nor is what only waits for a finalizer, as each sample follows a collection. The medians
        // compared lie 600 epochs apart, in which a leak of 1 KiB an epoch would be 600 KiB.
        long growth = Median(rows[15..]) - Median(rows[9..14]);
        Assert.True(growth < 512 << 10, $"native memory in use grew by {growth >> 10} KiB: {string.Join(", ", rows.Select(r => r[0] >> 10))}");
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

    /// <summary>What the child does: writes the bytes in use of the native heap and the live tensors after every hundredth epoch.</summary>
    private static void TrainLong(string engine, string curve)
    {
        EngineChoice choice = Enum.Parse<EngineChoice>(engine);
        Trainer.Train(TrainingRequest.New(Network, TrainingData.Cut(TrainingData.Clouds(96, 3), 64)), new TrainingOptions
        {
            Epochs = 2000, BatchSize = 10, Engine = choice, LearningCurve = curve,
            Rules = choice == EngineChoice.Torch ? new UpdateRules { ReportNorms = true, ReportLayers = true, ReportDeadUnits = true, ClipNorm = 1 } : UpdateRules.None,
        }, [new Meter(choice == EngineChoice.Torch)]);
    }

    private static float[] Bits(TrainingResult run) => [.. run.Model.Weights.Tensors.SelectMany(t => t.Values)];

    private sealed class Meter(bool torchIsLoaded) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch)
        {
            if (epoch.Epoch % 100 != 0) return;
            (long own, long all) = torchIsLoaded ? Counts() : (0, 0); // before the collection, which would hide tensors left to it
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{NativeHeap.BytesInUse} {own} {all}"));
        }

        private static (long Own, long All) Counts() => (DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount);
    }
}
