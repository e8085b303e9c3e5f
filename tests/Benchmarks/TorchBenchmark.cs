using System.Globalization;
using System.Runtime.InteropServices;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Networks;
using DLExperiments.Networks.Torch;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Our trainings, with loop, measures and history, beside the usual loops of TorchSharp and PyTorch, each with the same number of threads, in turns. CPU time is
/// given beside wall time, because others on the machine take wall time away.
/// </summary>
internal static class TorchBenchmark
{
    private static readonly int[] ThreadCounts = [1, 2];
    private static readonly TrainingOptions Torch = new() { Engine = EngineChoice.Torch };

    private static readonly (string Name, TrainingOptions Options)[] ImageVariants =
    [
        ("ours", new()), ("contiguous", new() { MemoryFormat = MemoryFormat.Contiguous }), ("last", new() { MemoryFormat = MemoryFormat.ChannelsLast }),
        ("bf16", new() { Precision = Precision.BFloat16 }),
    ];

    private static readonly (string Name, TrainingOptions Options)[] RecurrentVariants = [("ours", new()), ("bf16", new() { Precision = Precision.BFloat16 })];

    private static readonly (string Name, TrainingOptions Options)[] DenseVariants = [("ours", new()), ("Torch engine", Torch)];

    internal static void Run(TorchCase[] cases, int rounds, string part)
    {
        TorchCase[] chosen = [.. ThreadCounts.SelectMany(t => cases.Select(c => c with { Threads = t })).Where(c => c.Title.Contains(part, StringComparison.OrdinalIgnoreCase))];
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        using PeerProcess torchSharp = TorchSharpPeer.Start();
        foreach (IGrouping<int, TorchCase> group in chosen.GroupBy(c => c.Threads))
        {
            using PythonPeer? python = PythonPeer.Start("loop.py", group.Key);
            Console.WriteLine($"{Machine.Describe()}; {rounds} rounds; PyTorch {python?.Version ?? "not found"}");
            Console.WriteLine("us a step, least - median - greatest. Ratios: time of the row / ours, of each round. Accuracy: on all rows after the training.");
            foreach (TorchCase one in group) Measure(one, rounds, torchSharp, python, folder);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static void Measure(TorchCase one, int rounds, PeerProcess torchSharp, PythonPeer? python, string folder)
    {
        (float[] x, int[] y) = one.MakeData();
        Dataset data = one.MakeDataset(x, y);
        string xPath = Path.Combine(folder, "x.bin"), yPath = Path.Combine(folder, "y.bin");
        File.WriteAllBytes(xPath, MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(yPath, MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        bool dense = one.Input.Length == 1 && !one.Layers.Contains("lstm");
        var chosen = new Dictionary<string, string>();
        List<(string Name, Func<Timing> Run)> runs = [.. (one.Input.Length == 3 ? ImageVariants : dense ? DenseVariants : RecurrentVariants)
            .Select(v => (v.Name, (Func<Timing>)(() => Train(one, data, v.Options, said => chosen[v.Name] = said))))];
        foreach (bool loader in dense ? new[] { false, true } : [false])
        {
            string suffix = loader ? " loader" : "";
            runs.Add(("torchsharp" + suffix, () => Timing.Read(torchSharp.Ask(one.Describe(xPath, yPath, loader)))));
            if (python is not null) runs.Add(("pytorch" + suffix, () => Timing.Read(python.Ask(one.Describe(xPath, yPath, loader)))));
        }
        var times = runs.ToDictionary(r => r.Name, _ => new List<Timing>());
        var random = new Random(1);
        for (int round = -1; round < rounds; round++)
        {
            // The first round warms up. The order is another in each: who comes after whom changes what memory and caches are left.
            (string Name, Func<Timing> Run)[] order = [.. runs];
            random.Shuffle(order);
            foreach ((string name, Func<Timing> run) in order)
            {
                Timing timing = run();
                if (round >= 0) times[name].Add(timing);
            }
        }
        Console.WriteLine($"\n{one.Title}");
        Console.WriteLine($"  {"",-18}{"wall",-27}{"cpu",-27}{"wall ratio",-22}{"cpu ratio",-22}loss   accuracy  chosen");
        foreach ((string name, List<Timing> list) in times)
            Console.WriteLine($"  {name,-18}{Spread.Of(list.Select(t => t.Wall)),-27}{Spread.Of(list.Select(t => t.Cpu)),-27}{Spread.Ratio(list, times["ours"], t => t.Wall),-22}{Spread.Ratio(list, times["ours"], t => t.Cpu),-22}"
                + string.Create(CultureInfo.InvariantCulture, $"{list[^1].Loss:0.0000} {list[^1].Accuracy:0.000}     {chosen.GetValueOrDefault(name)}"));
    }

    private static Timing Train(TorchCase one, Dataset data, TrainingOptions variant, Action<string> say)
    {
        var clock = new StepClock();
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), variant with
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 },
            LearningRate = one.Rate, BatchSize = one.Batch, Epochs = one.Epochs, Threads = one.Threads, Seed = 1,
        }, [clock]);
        say($"{result.Engine}, {result.Threads} thread(s), {result.Precision}, {result.MemoryFormat}");
        double? accuracy = (Measurer.Measure(result.Model, data) as ClassificationMeasure)?.Accuracy;
        return new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, result.FinalTrainingLoss!.Value, accuracy);
    }
}
