using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Trials of a small convolutional network, which libtorch trains with one thread each: one after another, in two worker processes, and in two threads of one process. Everything is in the times: starting
/// workers, loading libtorch, data, the folder, gathering. Processor time tells whether trials hinder each other; wall time also tells what else the machine did. What the machine gives is measured beside
/// it: the same trainings as a loop over TorchSharp, in one process that is warm already and in two.
/// </summary>
internal static class SweepCnnBenchmark
{
    private const int Trials = 12;

    private const string Trial = """
        param([double] $LearningRate)
        <module>
        $data = New-Dataset Digits -Count 4000 -Seed 1 | Split-Dataset .8, .2 -Seed 1
        New-Network $data.InputShape | Add-Layer Conv2d 16 3 -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Conv2d 32 3 -Activation ReLU | Add-Layer MaxPool2d 2 |
            Add-Layer Flatten | Add-Layer Linear 10 | Invoke-Training $data -LearningRate $LearningRate -Epochs 4 -BatchSize 32
        """;

    private static readonly TorchCase Control = new("digits", [1, 28, 28], "conv:16:3:0 relu pool conv:32:3:0 relu pool flatten linear:10", 32, "Adam", 1e-3, 3200, 4);

    internal static void Run(int rounds, string part)
    {
        string root = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds of {Trials} trials. Speed-up of two at once over one after another: min - median - max; goal 0.9 x 2.");
        try
        {
            (string Name, string Launcher, int Workers)[] ways = [("sweep, one process", "Processes", 1), ("sweep, two processes", "Processes", 2), ("sweep, two threads", "Threads", 2)];
            List<SweepScript>[] times = [[], [], [], [], []];
            (float[] x, int[] y) = Control.MakeData();
            JsonObject request = Control.Describe(Write(root, "x.bin", x), Write(root, "y.bin", y), loader: false);
            using PeerProcess first = TorchSharpPeer.Start(), second = TorchSharpPeer.Start();
            bool sweeps = "sweep".Contains(part, StringComparison.OrdinalIgnoreCase), loops = "loop".Contains(part, StringComparison.OrdinalIgnoreCase);
            if (loops) Train([first, second], 2, request);
            for (int round = 0; round < rounds; round++)
            {
                for (int way = 0; sweeps && way < ways.Length; way++)
                    times[way].Add(SweepScript.Run(root, Trial, FormattableString.Invariant($"@{{ LearningRate = 'log 1e-4..1e-2' }} -Trials {Trials} -Sampler Halton -Threads 1 -ThrottleLimit {ways[way].Workers} -Launcher {ways[way].Launcher}")));
                if (!loops) continue;
                times[3].Add(Train([first], Trials, request));
                times[4].Add(Train([first, second], Trials, request));
            }
            Console.WriteLine($"{"",-28}{"wall s",8}{"trial s",9}{"cpu s",8}   {"wall speed-up",-22}{"cpu time beside one after another",-22}");
            string[] names = [.. ways.Select(w => w.Name), "loop, one process", "loop, two processes"];
            for (int way = 0; way < names.Length; way++)
            {
                if (times[way].Count == 0) continue;
                List<SweepScript> mine = times[way], one = times[way < ways.Length ? 0 : 3];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{names[way],-28}{Spread.Of(mine.Select(t => t.Wall)).Median,8:0.0}{Spread.Of(mine.Select(t => t.Trials / Trials)).Median,9:0.00}{Spread.Of(mine.Select(t => t.Cpu)).Median,8:0.0}   {Spread.Of(one.Zip(mine, (a, b) => a.Wall / b.Wall)),-22}{Spread.Of(one.Zip(mine, (a, b) => b.Cpu / a.Cpu)),-22}"));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Has peers train as many networks together, each its share.</summary>
    private static SweepScript Train(PeerProcess[] peers, int networks, JsonObject request)
    {
        long start = Stopwatch.GetTimestamp();
        Timing[] all = [.. peers.AsParallel().WithDegreeOfParallelism(Math.Max(2, peers.Length)).WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .SelectMany(peer => Enumerable.Range(0, networks / peers.Length).Select(_ => Timing.Read(peer.Ask(request))).ToArray())];
        double steps = (double)Control.Epochs * Control.Rows / Control.Batch / 1e6;
        return new SweepScript(Stopwatch.GetElapsedTime(start).TotalSeconds, all.Sum(t => t.Wall) * steps, all.Sum(t => t.Cpu) * steps);
    }

    private static string Write<T>(string folder, string name, T[] values)
        where T : unmanaged
    {
        string file = Path.Combine(folder, name);
        File.WriteAllBytes(file, MemoryMarshal.AsBytes<T>(values).ToArray());
        return file;
    }
}
