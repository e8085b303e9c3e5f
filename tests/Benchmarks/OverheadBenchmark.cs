using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Training;
using DLExperiments.Training.Checkpoints;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// What the loop costs beside the steps: the same training with and without a learning curve, a progress display and a checkpoint after every epoch, in turns.
/// </summary>
internal static class OverheadBenchmark
{
    internal static void Run(int rounds)
    {
        Console.WriteLine($"{rounds} rounds, one thread. Processor time of a training with learning curve, progress and a checkpoint after every epoch, over that of the bare training; min-median-max.");
        foreach ((TorchCase one, EngineChoice engine, int epochs) in new[]
            { (TorchCase.Images[0], EngineChoice.Torch, 2), (TorchCase.Dense[5], EngineChoice.Torch, 8), (TorchCase.Dense[5], EngineChoice.Fused, 8) })
            Measure(one with { Epochs = epochs }, engine, rounds);
    }

    private static void Measure(TorchCase one, EngineChoice engine, int rounds)
    {
        (float[] x, int[] y) = one.MakeData();
        Dataset data = one.MakeDataset(x, y);
        string folder = Directory.CreateTempSubdirectory("dlx-overhead").FullName;
        var cpu = new List<double>();
        var wall = new List<double>();
        for (int round = -1; round < rounds; round++)
        {
            // The first round warms up; who comes first changes.
            bool watchedFirst = round % 2 == 0;
            Timing a = Train(one, data, engine, watchedFirst ? folder : null), b = Train(one, data, engine, watchedFirst ? null : folder);
            (Timing watched, Timing bare) = watchedFirst ? (a, b) : (b, a);
            if (round < 0) continue;
            cpu.Add(watched.Cpu / bare.Cpu - 1);
            wall.Add(watched.Wall / bare.Wall - 1);
        }
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.Title} ({engine}): cpu {Spread(cpu)}, wall {Spread(wall)}"));
    }

    private static Timing Train(TorchCase one, Dataset data, EngineChoice engine, string? folder)
    {
        var clock = new StepClock();
        ITrainingObserver[] observers = folder is null ? [clock] : [new Display(), clock];
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), new TrainingOptions
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 }, LearningRate = one.Rate, BatchSize = one.Batch,
            Epochs = one.Epochs, Threads = 1, Engine = engine, Force = true, CheckpointEvery = new CheckpointInterval(1),
            LearningCurve = folder is null ? null : Path.Combine(folder, "curve.csv"), Checkpoint = folder is null ? null : Path.Combine(folder, "checkpoints"),
        }, observers);
        return new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, result.FinalTrainingLoss!.Value, result.TrainingAccuracy!.Value);
    }

    private static string Spread(List<double> shares)
    {
        double[] sorted = [.. shares.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[0]:P1} {(sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2:P1} {sorted[^1]:P1}");
    }

    /// <summary>A display that looks at the clock after every step and makes a line four times a second, as the cmdlet's does.</summary>
    private sealed class Display : ITrainingObserver
    {
        private long last = Environment.TickCount64;
        private string line = "";

        public void OnStep(TrainingProgress progress)
        {
            if (Environment.TickCount64 - last < 250) return;
            last = Environment.TickCount64;
            line = string.Create(CultureInfo.InvariantCulture, $"{progress.Epoch} {progress.TrainingLoss:G4} {progress.TrainingAccuracy:P1} {progress.SamplesPerSecond:N0} {progress.Remaining} {line.Length}");
        }

        public void OnEpoch(EpochResult epoch)
        {
        }
    }
}
