using System.Globalization;
using DLExperiments.Data;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>Wide layers with one thread and with all: the fused engine and the Torch engine, in turns.</summary>
internal static class WideBenchmark
{
    private static readonly FusedCase[] Cases =
    [
        new([512, 512, 10], 32, "Adam", 512, 0), new([512, 512, 10], 64, "Adam", 256, 0), new([128, 512, 512, 10], 32, "Adam", 256, 0), new([784, 512, 512, 10], 200, "Adam", 82, 0), new([256, 1024, 1024, 10], 64, "Adam", 128, 0), new([256, 2048, 2048, 10], 64, "Adam", 32, 0),
    ];

    internal static void Run(int rounds, string part)
    {
        int all = Environment.ProcessorCount;
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds; us a step: least - median - greatest wall time");
        foreach (FusedCase one in Cases.Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            (Dataset data, _, _) = one.MakeData();
            (string Name, EngineChoice Engine, int Threads)[] runs =
                [("fused, 1 thread", EngineChoice.Fused, 1), ($"fused, {all} threads", EngineChoice.Fused, all), ("Torch, 1 thread", EngineChoice.Torch, 1), ($"Torch, {all} threads", EngineChoice.Torch, all)];
            List<Timing>[] times = [.. runs.Select(_ => new List<Timing>())];
            for (int round = -1; round < rounds; round++)
                for (int i = 0; i < runs.Length; i++)
                {
                    Timing timing = Train(one, data, runs[i].Engine, runs[i].Threads);
                    if (round >= 0) times[i].Add(timing); // the first round warms up
                }
            Console.WriteLine(one.Name);
            for (int i = 0; i < runs.Length; i++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {runs[i].Name,-20} {Spread.Of(times[i].Select(t => t.Wall)),-28} times the fused engine's with as many threads: {Spread.Ratio(times[i], times[i % 2], t => t.Wall)}"));
        }
    }

    private static Timing Train(FusedCase one, Dataset data, EngineChoice engine, int threads)
    {
        var clock = new StepClock();
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), new TrainingOptions
        {
            Optimizer = new AdamOptimizer(), LearningRate = one.Rate, BatchSize = one.Batch, Epochs = one.Epochs, Threads = threads, Engine = engine,
        }, [clock]);
        return new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, result.FinalTrainingLoss!.Value, result.TrainingAccuracy);
    }
}
