using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data.Augmentations;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Benchmarks;

/// <summary>Rotation, flip, crop and colour jitter of batches of 128, against the same made picture by picture with Pillow and with PyTorch.</summary>
internal static class AugmentBenchmark
{
    private const int Batch = 128, Batches = 16;

    private static readonly Augmentation[] Steps = [new RandomRotation(), new RandomFlip(), new RandomCrop(), new ColorJitter()];

    internal static void Run(int rounds)
    {
        using PythonPeer? python = PythonPeer.Start("augment.py");
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; {rounds} rounds; PyTorch {python?.Version ?? "not found"}");
        Console.WriteLine("Microseconds a picture for rotation, flip, crop and colour jitter; share: ours / the peer's, min-median-max of rounds. Ours takes all cores, so that its CPU time is the fairer one.");
        foreach (int size in (int[])[32, 64]) Compare(size, rounds, python);
    }

    private static void Compare(int size, int rounds, PythonPeer? python)
    {
        List<(double Wall, double Cpu)> ours = [];
        var theirs = new Dictionary<string, List<(double Wall, double Cpu)>> { ["pillow"] = [], ["torch"] = [] };
        for (int round = -1; round < rounds; round++)
        {
            (double, double) own = Augment(size, round + 1);
            JsonNode? answer = python?.Ask(new JsonObject { ["size"] = size, ["count"] = 512 });
            if (round < 0) continue;
            ours.Add(own);
            foreach ((string name, List<(double, double)> list) in theirs) list.Add(answer is null ? (double.NaN, double.NaN) : (answer[name]![0]!.GetValue<double>(), answer[name]![1]!.GetValue<double>()));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  3 x {size} x {size}\n    batches        wall {Median(ours.Select(t => t.Wall)),7:0.0}   cpu {Median(ours.Select(t => t.Cpu)),7:0.0}"));
        foreach ((string name, List<(double Wall, double Cpu)> list) in theirs)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    one by one, {name,-7}wall {Median(list.Select(t => t.Wall)),7:0.0}   cpu {Median(list.Select(t => t.Cpu)),7:0.0}   share of wall {Spread(ours, list, t => t.Wall)}   share of cpu {Spread(ours, list, t => t.Cpu)}"));
    }

    private static (double Wall, double Cpu) Augment(int size, int seed)
    {
        var shape = new Shape(3, size, size);
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        float[] stored = [.. Enumerable.Range(0, Batch * shape.ElementCount).Select(_ => random.NextSingle())], values = new float[stored.Length];
        long started = Stopwatch.GetTimestamp();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (int step = 0; step < Batches; step++)
        {
            stored.CopyTo(values, 0);
            for (int place = 0; place < Steps.Length; place++) Steps[place].Apply(new AugmentationBatch(values, shape, Batch, [], 0, seed, step, place));
        }
        const double pictures = Batch * Batches;
        return (Stopwatch.GetElapsedTime(started).TotalMicroseconds / pictures, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / pictures);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Spread(List<(double Wall, double Cpu)> fast, List<(double Wall, double Cpu)> slow, Func<(double Wall, double Cpu), double> time)
    {
        List<double> shares = [.. fast.Zip(slow, (a, b) => time(a) / time(b)).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{shares[0]:0.000}-{Median(shares):0.000}-{shares[^1]:0.000}");
    }
}
