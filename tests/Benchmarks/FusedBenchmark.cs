using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Training;
using DLExperiments.Training.Optimizers;

namespace DLExperiments.Benchmarks;

/// <summary>
/// The fused engine, the Torch engine and PyTorch, one thread each, in turns: ratios are taken within a round, so that a change of the machine's
/// mood hits all alike. CPU time of ours has all of the call in it: checks, reading the data, the garbage collector's threads. Our engines are measured through the trainer, with its loop, measures and history.
/// </summary>
internal static class FusedBenchmark
{
    private static readonly FusedCase[] Cases =
    [
        new([8, 8, 4], 8, "SGD", 4000, 80), new([8, 8, 4], 8, "Adam", 4000, 80),
        new([32, 64, 4], 32, "SGD", 2000, 20), new([32, 64, 4], 32, "Adam", 2000, 20),
        new([784, 128, 10], 32, "SGD", 768, 3), new([784, 128, 10], 32, "Adam", 768, 3),
        new([784, 128, 10], 128, "SGD", 192, 2), new([784, 128, 10], 128, "Adam", 192, 2),
        new([13, 100, 1], 32, "Adam", 2000, 10),
    ];

    internal static void Run(int rounds)
    {
        using PythonPeer? python = PythonPeer.Start("mlp.py");
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; "
            + $"{rounds} rounds, one thread each; PyTorch {python?.Version ?? "not found"}");
        Console.WriteLine("us/step: median. Ratios: PyTorch / fused and Torch engine / fused, min-median-max of rounds; CPU time does not count what other programs take. Mean training loss (accuracy) of the last epoch.");
        Console.WriteLine($"{"case",-24}{"bits",5}{"fused",9}{"torch",9}{"pytorch",9}   {"pytorch/fused",-22}{"in CPU time",-22}{"goal",6}   {"torch/fused",-22} loss fused | torch | pytorch");
        string folder = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        foreach (FusedCase one in Cases) Measure(one, rounds, python, folder);
        Directory.Delete(folder, recursive: true);
    }

    private static void Measure(FusedCase one, int rounds, PythonPeer? python, string folder)
    {
        (Dataset data, float[] x, float[] y) = one.MakeData();
        string xPath = Path.Combine(folder, "x.bin"), yPath = Path.Combine(folder, "y.bin");
        File.WriteAllBytes(xPath, MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(yPath, MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        var request = new JsonObject
        {
            ["sizes"] = new JsonArray([.. one.Sizes.Select(s => (JsonNode)s)]), ["batch"] = one.Batch, ["epochs"] = one.Epochs, ["rate"] = one.Rate,
            ["optimizer"] = one.Optimizer, ["classify"] = one.Classifies, ["x"] = xPath, ["y"] = yPath,
        };
        var fused = new List<double>();
        var torch = new List<double>();
        var peer = new List<double>();
        var fusedProcessor = new List<double>();
        var peerProcessor = new List<double>();
        string quality = "";
        for (int round = -1; round < rounds; round++)
        {
            (double fusedTime, double processor, string fusedQuality) = Train(one, data, EngineChoice.Fused);
            (double torchTime, _, string torchQuality) = Train(one, data, EngineChoice.Torch);
            JsonNode? answer = python?.Ask(request);
            if (round < 0) continue; // the first round warms up
            fused.Add(fusedTime);
            torch.Add(torchTime);
            fusedProcessor.Add(processor);
            if (answer is not null)
            {
                peer.Add(answer["microseconds"]!.GetValue<double>());
                peerProcessor.Add(answer["processor"]!.GetValue<double>());
            }
            quality = $"{fusedQuality} | {torchQuality} | {(answer is null ? "-" : Quality(answer["loss"]!.GetValue<double>(), null))}";
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{one.Name,-24}{Bits(one),5}{Median(fused),9:0.00}{Median(torch),9:0.0}{(peer.Count > 0 ? Median(peer) : double.NaN),9:0.0}   {Spread(peer, fused),-22}{Spread(peerProcessor, fusedProcessor),-22}{one.Goal,6}   {Spread(torch, fused),-22} {quality}"));
    }

    private static (double Microseconds, double Processor, string Quality) Train(FusedCase one, Dataset data, EngineChoice engine)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        TrainingResult result = Trainer.Train(TrainingRequest.New(one.MakeNetwork(), data), new TrainingOptions
        {
            Optimizer = one.Optimizer == "Adam" ? new AdamOptimizer() : new SgdOptimizer { Momentum = 0.9 },
            LearningRate = one.Rate, BatchSize = one.Batch, Epochs = one.Epochs, Threads = 1, Engine = engine,
        });
        double processor = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
        return (result.Duration.TotalMicroseconds / result.StepsCompleted, processor / result.StepsCompleted, Quality(result.FinalTrainingLoss!.Value, result.TrainingAccuracy));
    }

    private static int Bits(FusedCase one) => Training.Fused.FusedStepEngine.ChooseVectorBits(one.MakeNetwork());

    private static string Quality(double loss, double? accuracy) =>
        string.Create(CultureInfo.InvariantCulture, $"{loss:0.0000}{(accuracy is null ? "" : $" ({accuracy:0.000})")}");

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Spread(List<double> slow, List<double> fast)
    {
        if (slow.Count == 0) return "-";
        List<double> ratios = [.. slow.Zip(fast, (a, b) => a / b)];
        return string.Create(CultureInfo.InvariantCulture, $"{ratios.Min():0.0}-{Median(ratios):0.0}-{ratios.Max():0.0}");
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
