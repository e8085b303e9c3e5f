using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DLExperiments.Data;
using DLExperiments.Networks;
using DLExperiments.Randomness;

namespace DLExperiments.Benchmarks;

/// <summary>
/// A sweep against the loops that one writes instead: trial after trial with TorchSharp and with PyTorch, all with the same data, networks and epochs. Our time has everything in it:
/// planning, the folder, gathering, and the shell that runs Invoke-Sweep, but for its start. Ratios are taken within a round.
/// </summary>
internal static class SweepBenchmark
{
    private sealed record Case(string Name, int[] Sizes, int Rows, int Batch, int Epochs, int Trials, bool Classifies, double Goal);

    private static readonly Case[] Cases =
    [
        new("16 x 32-32-4, b64", [32, 32, 4], 30000, 64, 2, 16, true, 12),
        new("16 x 784-128-10, b64", [784, 128, 10], 12800, 64, 2, 16, true, 4),
        new("500 x 13-32-1, 506 rows, b32", [13, 32, 1], 506, 32, 50, 500, false, 10),
    ];

    internal static void Run(int rounds, string part)
    {
        string root = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        using PythonPeer? python = PythonPeer.Start("mlp.py");
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores; {rounds} rounds; PyTorch {python?.Version ?? "not found"}. Seconds: median. Ratios: min-median-max of rounds.");
        Console.WriteLine($"{"case",-32}{"sweep s",9}{"ms/trial",10}{"torchsharp",12}{"pytorch",10}   {"torchsharp/sweep",-20}{"pytorch/sweep",-20}{"goal",5}");
        try
        {
            foreach (Case one in Cases.Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase))) Measure(one, rounds, python, root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Measure(Case one, int rounds, PythonPeer? python, string root)
    {
        (float[] x, float[] y) = MakeData(one);
        string folder = Directory.CreateDirectory(Path.Combine(root, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllBytes(Path.Combine(folder, "x.bin"), MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "y.bin"), MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        using SweepShell shell = SweepShell.Start(folder, one.Sizes, one.Batch, one.Epochs, one.Trials, one.Classifies);
        // Of 500 equal trials the peers make a tenth, and their time counts ten times.
        int share = one.Trials > 100 ? 10 : 1;
        var sweep = new List<double>();
        var torch = new List<double>();
        var peer = new List<double>();
        for (int round = -1; round < rounds; round++)
        {
            double ours = shell.Sweep();
            double theirs = Clock(() => { for (int t = 0; t < one.Trials / share; t++) TorchSharpSweep.Train(one.Sizes, x, y, one.Classifies, one.Batch, one.Epochs, 1e-3 * (1 + t), one.Rows); }) * share;
            double? other = python is null ? null : Clock(() => { for (int t = 0; t < one.Trials / share; t++) Ask(python, one, folder, 1e-3 * (1 + t)); }) * share;
            if (round < 0) continue; // the first round warms up
            sweep.Add(ours);
            torch.Add(theirs);
            if (other is { } seconds) peer.Add(seconds);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{one.Name,-32}{Median(sweep),9:0.000}{1000 * Median(sweep) / one.Trials,10:0.0}{Median(torch),12:0.00}{(peer.Count > 0 ? Median(peer) : double.NaN),10:0.00}   {Spread(torch, sweep),-20}{Spread(peer, sweep),-20}{one.Goal,5}"));
    }

    private static void Ask(PythonPeer python, Case one, string folder, double rate) => python.Ask(new JsonObject
    {
        ["sizes"] = new JsonArray([.. one.Sizes.Select(s => (JsonNode)s)]), ["batch"] = one.Batch, ["epochs"] = one.Epochs, ["rate"] = rate, ["optimizer"] = "Adam",
        ["classify"] = one.Classifies, ["x"] = Path.Combine(folder, "x.bin"), ["y"] = Path.Combine(folder, "y.bin"),
    });

    private static (float[] X, float[] Y) MakeData(Case one)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        float[] x = new float[one.Rows * one.Sizes[0]], y = new float[one.Rows];
        for (int i = 0; i < x.Length; i++) x[i] = (float)random.NextNormal();
        for (int r = 0; r < one.Rows; r++)
        {
            float sum = x[r * one.Sizes[0]] + x[r * one.Sizes[0] + 1];
            y[r] = one.Classifies ? Math.Clamp((int)Math.Floor(sum + one.Sizes[^1] / 2.0), 0, one.Sizes[^1] - 1) : sum;
        }
        return (x, y);
    }

    private static double Clock(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

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
}
