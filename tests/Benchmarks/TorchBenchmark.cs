using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// The Torch engine, the usual TorchSharp loop and the usual PyTorch loop, one thread each, in turns. Our figures are those of the trainer with its
/// loop, measures and history. CPU time is given beside wall time, because others on the machine take wall time away.
/// </summary>
internal static class TorchBenchmark
{
    private static readonly (string Name, TrainingOptions Options)[] ImageVariants =
    [
        ("ours", new()), ("contiguous", new() { MemoryFormat = MemoryFormat.Contiguous }), ("last", new() { MemoryFormat = MemoryFormat.ChannelsLast }),
        ("bf16", new() { Precision = Precision.BFloat16 }),
    ];

    private static readonly (string Name, TrainingOptions Options)[] RecurrentVariants = [("ours", new()), ("bf16", new() { Precision = Precision.BFloat16 })];

    internal static void Run(TorchCase[] cases, int rounds)
    {
        using PythonPeer? python = PythonPeer.Start("loop.py");
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds, one thread; PyTorch {python?.Version ?? "not found"}");
        Console.WriteLine("Medians in us a step. Ratios: time of the peer / ours, min-median-max of rounds. Loss: of the last epoch; accuracy: ours while training, the peers' on all rows at the end (their loops do not count).");
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        foreach (TorchCase one in cases) Measure(one, rounds, python, folder);
        Directory.Delete(folder, recursive: true);
    }

    private static void Measure(TorchCase one, int rounds, PythonPeer? python, string folder)
    {
        (float[] x, int[] y) = one.MakeData();
        Dataset data = one.MakeDataset(x, y);
        string xPath = Path.Combine(folder, "x.bin"), yPath = Path.Combine(folder, "y.bin");
        File.WriteAllBytes(xPath, MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(yPath, MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        List<(string Name, Func<Timing> Run)> runs = [.. (one.Input.Length == 3 ? ImageVariants : one.Layers.Contains("lstm") ? RecurrentVariants : ImageVariants[..1])
            .Select(v => (v.Name, (Func<Timing>)(() => Train(one, data, v.Options))))];
        runs.Add(("torchsharp", () => TorchSharpPeer.Train(one, x, y)));
        if (python is not null) runs.Add(("pytorch", () => Timing.Read(python.Ask(one.Describe(xPath, yPath)))));
        var times = runs.ToDictionary(r => r.Name, _ => new List<Timing>());
        for (int round = -1; round < rounds; round++)
        {
            // The first round warms up; the order turns, so that nobody always comes after the same one.
            for (int i = 0; i < runs.Count; i++)
            {
                (string name, Func<Timing> run) = runs[(i + Math.Max(round, 0)) % runs.Count];
                Timing timing = run();
                if (round >= 0) times[name].Add(timing);
            }
        }
        Console.WriteLine($"\n{one.Title}");
        Console.WriteLine($"  {"",-12}{"wall",9}{"cpu",9}   {"wall ratio to ours",-24}{"cpu ratio to ours",-24} loss   accuracy");
        foreach ((string name, List<Timing> list) in times)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-12}{Spread.Of(list.Select(t => t.Wall)).Median,9:0.0}{Spread.Of(list.Select(t => t.Cpu)).Median,9:0.0}   {Spread.Ratio(list, times["ours"], t => t.Wall),-24}{Spread.Ratio(list, times["ours"], t => t.Cpu),-24} {list[^1].Loss:0.0000} {list[^1].Accuracy:0.000}"));
        }
    }

    private static Timing Train(TorchCase one, Dataset data, TrainingOptions variant)
    {
        var clock = new StepClock();
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), variant with
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 },
            LearningRate = one.Rate, BatchSize = one.Batch, Epochs = one.Epochs, Threads = 1, Engine = EngineChoice.Torch, Seed = 1,
        }, [clock]);
        return new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, result.FinalTrainingLoss!.Value, result.TrainingAccuracy!.Value);
    }
}
