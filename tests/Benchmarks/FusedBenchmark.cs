using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Evaluation;
using DLExperiments.Training;
using DLExperiments.Training.Fused;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// The fused engine beside the Torch engine, PyTorch and scikit-learn, one thread each, in turns: ratios are taken within a round, so that a change
/// of the machine's mood hits all alike. Ours are measured through the trainer, with its loop, measures and history.
/// </summary>
internal static class FusedBenchmark
{
    private static readonly FusedCase[] Cases =
    [
        new([8, 8, 4], 8, "SGD", 8000, 80), new([8, 8, 4], 8, "Adam", 8000, 80),
        new([32, 64, 4], 32, "SGD", 4000, 20), new([32, 64, 4], 32, "Adam", 4000, 20),
        new([13, 100, 1], 32, "Adam", 4000, 10),
        new([784, 128, 10], 32, "SGD", 768, 3), new([784, 128, 10], 32, "Adam", 768, 3),
        new([784, 128, 10], 128, "SGD", 192, 2), new([784, 128, 10], 128, "Adam", 192, 2),
        new([20, 100, 2], 200, "Adam", 1000, 1), new([100, 512, 512, 1], 200, "Adam", 80, 1),
        new([64, 256, 256, 10], 128, "Adam", 192, 1), new([784, 512, 512, 10], 200, "Adam", 82, 1),
    ];

    internal static void Run(int rounds, string part)
    {
        using PythonPeer? pytorch = PythonPeer.Start("mlp.py"), scikit = PythonPeer.Start("sk.py");
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds, one thread each");
        foreach (PythonPeer? peer in new[] { pytorch, scikit })
            if (peer is not null) Console.WriteLine($"{peer.Version}, BLAS {peer.Blas}");
        Console.WriteLine("us a step (median); how many times longer the peer took (min - median - max of rounds), in wall time and in CPU time, which does not count what other");
        Console.WriteLine("programs take; the issue's goal; and what the training reached on its rows: accuracy of classifiers, mean square error of regressors, fused | peer.");
        Console.WriteLine($"{"net, batch, optimizer",-28}{"bits",5} {"peer",-13}{"fused",9}{"peer",9}   {"wall ratio",-24}{"CPU ratio",-24}{"goal",5}   reached");
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        foreach (FusedCase one in Cases.Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase))) Measure(one, rounds, pytorch, scikit, folder);
        Directory.Delete(folder, recursive: true);
    }

    private static void Measure(FusedCase one, int rounds, PythonPeer? pytorch, PythonPeer? scikit, string folder)
    {
        (Dataset data, float[] x, float[] y) = one.MakeData();
        string xPath = Path.Combine(folder, "x.bin"), yPath = Path.Combine(folder, "y.bin");
        File.WriteAllBytes(xPath, MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(yPath, MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        JsonObject request = one.Describe(xPath, yPath);
        List<(string Name, double? Goal, Func<Timing> Run)> runs = [("fused", null, () => Train(one, data, EngineChoice.Fused))];
        if (pytorch is not null) runs.Add(("PyTorch", one.Goal, () => Timing.Read(pytorch.Ask(request))));
        if (scikit is not null) runs.Add(("scikit-learn", 1, () => Timing.Read(scikit.Ask(request))));
        runs.Add(("Torch engine", null, () => Train(one, data, EngineChoice.Torch)));
        List<Timing>[] times = [.. runs.Select(_ => new List<Timing>())];
        for (int round = -1; round < rounds; round++)
            for (int i = 0; i < runs.Count; i++)
            {
                Timing timing = runs[i].Run();
                if (round >= 0) times[i].Add(timing); // the first round warms up
            }
        for (int i = 1; i < runs.Count; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(i == 1 ? one.Name : ""),-28}{(i == 1 ? FusedStepEngine.ChooseVectorBits(one.MakeNetwork()).ToString(CultureInfo.InvariantCulture) : ""),5} {runs[i].Name,-13}")
                + string.Create(CultureInfo.InvariantCulture, $"{Spread.Of(times[0].Select(t => t.Wall)).Median,9:0.00}{Spread.Of(times[i].Select(t => t.Wall)).Median,9:0.0}   ")
                + string.Create(CultureInfo.InvariantCulture, $"{Spread.Ratio(times[i], times[0], t => t.Wall),-24}{Spread.Ratio(times[i], times[0], t => t.Cpu),-24}{runs[i].Goal,5}   {Reached(times[0][^1])} | {Reached(times[i][^1])}"));
    }

    private static Timing Train(FusedCase one, Dataset data, EngineChoice engine)
    {
        var clock = new StepClock();
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), new TrainingOptions
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 },
            LearningRate = one.Rate, BatchSize = one.Batch, Epochs = one.Epochs, Threads = 1, Engine = engine,
        }, [clock]);
        ModelMeasure measure = Measurer.Measure(result.Model, data);
        return new Timing(clock.Wall.TotalMicroseconds / clock.Steps, clock.Cpu.TotalMicroseconds / clock.Steps, measure.Loss, (measure as ClassificationMeasure)?.Accuracy);
    }

    private static string Reached(Timing timing) => (timing.Accuracy ?? timing.Loss).ToString("0.000", CultureInfo.InvariantCulture);
}
