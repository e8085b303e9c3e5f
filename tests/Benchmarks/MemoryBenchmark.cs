using System.Globalization;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>The most memory that trainings take, with large pages and without, each in a process of its own: at a quarter of the epochs and at the end, so that growth shows.</summary>
internal static class MemoryBenchmark
{
    /// <summary>The first argument that makes this program train one case; its title and the epochs follow.</summary>
    internal const string Verb = "memory-of";

    private static readonly (TorchCase Case, int Epochs)[] Cases =
        [(TorchCase.Images[0], 24), (TorchCase.Recurrent[0], 28), (TorchCase.Dense[5], 40), (TorchCase.Dense[3] with { Rows = 128 }, 2000)];

    internal static void Run(string part)
    {
        Console.WriteLine($"{Machine.Describe()}; Torch engine, one thread. Peak resident memory in MiB after a quarter of the epochs and after all.");
        foreach ((TorchCase one, int epochs) in Cases.Where(c => c.Case.Title.Contains(part, StringComparison.OrdinalIgnoreCase)))
            foreach (string pages in new[] { "1", "0" })
            {
                using PeerProcess child = PeerProcess.StartSelf([Verb, one.Title, epochs.ToString(CultureInfo.InvariantCulture)], new() { ["THP_MEM_ALLOC_ENABLE"] = pages });
                Console.WriteLine($"  {one.Title}, {epochs} epochs, large pages {(pages == "1" ? "on" : "off")}: {child.Read()} {child.Read()}");
            }
    }

    /// <summary>Trains one case and says what it took.</summary>
    internal static void Train(string title, int epochs)
    {
        TorchCase one = Cases.First(c => c.Case.Title == title).Case;
        (float[] x, int[] y) = one.MakeData();
        Trainer.Train(TrainingRequest.New(one.MakeNetwork(), one.MakeDataset(x, y)), new TrainingOptions
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 },
            LearningRate = one.Rate, BatchSize = one.Batch, Epochs = epochs, Threads = 1, Engine = EngineChoice.Torch,
        }, [new Meter(epochs)]);
    }

    private sealed class Meter(int epochs) : ITrainingObserver
    {
        public void OnStep(TrainingProgress progress)
        {
        }

        public void OnEpoch(EpochResult epoch)
        {
            if (epoch.Epoch != epochs / 4 && epoch.Epoch != epochs) return;
            string peak = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            Console.WriteLine(int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture) / 1024);
        }
    }
}
