using System.Collections.Specialized;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Networks.Layers;
using DLExperiments.Sweeps;
using DLExperiments.Sweeps.Running;
using DLExperiments.Sweeps.Samplers;
using DLExperiments.Sweeps.Spaces;
using DLExperiments.Sweeps.Store;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>Sweeps of 16 trials in two threads: trial by trial, and as many as may be trained together as one network. Everything is in the time: folder, claims, results.</summary>
internal static class StackBenchmark
{
    private static readonly (TorchCase Case, bool Replaces)[] Cases =
    [
        (new("8-16-3 ELU", [8], "linear:16 relu linear:3", 16, "Adam", 1e-3, 2048, 2), true),
        (new("32-64-64-4 ELU", [32], "linear:64 relu linear:64 relu linear:4", 32, "Adam", 1e-3, 4096, 2), true),
        (new("64-64-64-10 ELU", [64], "linear:64 relu linear:64 relu linear:10", 32, "Adam", 1e-3, 4096, 2), true),
        (new("64-128-128-10 ELU", [64], "linear:128 relu linear:128 relu linear:10", 32, "Adam", 1e-3, 4096, 2), true),
        (new("digits CNN 4-8", [1, 8, 8], "conv:4:3:1 relu pool conv:8:3:1 relu pool flatten linear:10", 32, "Adam", 1e-3, 1792, 2), false),
        (new("digits CNN 8-16", [1, 8, 8], "conv:8:3:1 relu pool conv:16:3:1 relu pool flatten linear:10", 32, "Adam", 1e-3, 1792, 2), false),
        (new("digits CNN 16-32 bn", [1, 8, 8], "conv:16:3:1 bn relu pool conv:32:3:1 bn relu pool flatten linear:10", 32, "Adam", 1e-3, 1792, 1), false),
        (new("28x28 CNN 8-16", [1, 28, 28], "conv:8:3:1 relu pool conv:16:3:1 relu pool flatten linear:10", 32, "Adam", 1e-3, 1024, 1), false),
        (new("28x28 CNN 16-32", [1, 28, 28], "conv:16:3:1 relu pool conv:32:3:1 relu pool flatten linear:10", 32, "Adam", 1e-3, 512, 1), false),
    ];

    internal static void Run(int rounds, string part)
    {
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds; 16 trials, two threads. Seconds: median; ratio: trial by trial / stacked, min-median-max of rounds.");
        Console.WriteLine($"{"case",-24}{"Mmul/step",10}{"alone s",10}{"stacked s",10}   {"ratio",-22}{"stack",6}");
        foreach ((TorchCase one, bool replaces) in Cases.Where(c => c.Case.Name.Contains(part, StringComparison.OrdinalIgnoreCase))) Measure(one, replaces, rounds);
    }

    private static void Measure(TorchCase one, bool replaces, int rounds)
    {
        (float[] x, int[] y) = one.MakeData();
        Dataset data = one.MakeDataset(x, y);
        NetworkDefinition network = one.MakeNetwork();
        // What the fused engine does not know.
        if (replaces) network = network.Layers.Aggregate(NetworkDefinition.Create(network.InputShape), (n, l) => n.Add(l.Layer is ReLULayer ? new ELULayer() : l.Layer));
        var alone = new List<double>();
        var stacked = new List<double>();
        int size = 0;
        for (int round = -1; round < rounds; round++)
        {
            (double a, _) = Sweep(one, network, data, 1);
            (double s, size) = Sweep(one, network, data, 16);
            if (round < 0) continue; // the first round warms up
            alone.Add(a);
            stacked.Add(s);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{one.Name,-24}{network.MultiplyAdds * one.Batch / 1e6,10:0.00}{Spread.Of(alone).Median,10:0.000}{Spread.Of(stacked).Median,10:0.000}   {Spread.Of(alone.Zip(stacked, (a, s) => a / s)),-22}{size,6}"));
    }

    private static (double Seconds, int Stack) Sweep(TorchCase one, NetworkDefinition network, Dataset data, int most)
    {
        string path = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        SweepFolder folder = SweepFolder.Create(Path.Combine(path, "sweep"), new SweepPlan
        {
            Space = SweepSpace.From(new OrderedDictionary { ["Rate"] = "log 1e-4..1e-2" }), Sampler = new HaltonSampler(), Points = 16, Threads = 1, Objectives = [new("TrainingLoss", SweepGoal.Auto)],
        });
        int size = 1;
        using var shared = new SharedData([data]);
        long start = Stopwatch.GetTimestamp();
        new SweepRunner(folder) { Workers = 2, MaxStack = most, Shared = shared }.Run(() => new Trial(one, network, data, s => size = s), default);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Directory.Delete(path, recursive: true);
        return (seconds, size);
    }

    private sealed class Trial(TorchCase one, NetworkDefinition network, Dataset data, Action<int> tell) : TrialBody
    {
        public override JsonObject Run(TrialAssignment trial, CancellationToken cancellation)
        {
            TrainingResult result = Trainer.Train(TrainingRequest.New(network, data), new TrainingOptions
            {
                Optimizer = new AdamOptimizer(), LearningRate = (double)trial.Setting["Rate"]!, Epochs = one.Epochs, BatchSize = one.Batch, Seed = trial.Index,
            });
            tell(result.StackSize);
            using (result.Model) return new JsonObject { ["TrainingLoss"] = result.FinalTrainingLoss };
        }
    }
}
