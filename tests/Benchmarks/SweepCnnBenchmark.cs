using System.Globalization;

namespace DLExperiments.Benchmarks;

/// <summary>
/// Trials of a small convolutional network, which libtorch trains with one thread each: one after another, in two worker processes, and in two threads of one process. Everything is in the times: starting
/// workers, loading libtorch, data, the folder, gathering. Processor time tells whether trials hinder each other; wall time also tells what else the machine did.
/// </summary>
internal static class SweepCnnBenchmark
{
    private const int Trials = 16;

    private const string Trial = """
        param([double] $LearningRate)
        <module>
        $data = New-Dataset Digits -Count 4000 -Seed 1 | Split-Dataset .8, .2 -Seed 1
        New-Network $data.InputShape | Add-Layer Conv2d 16 3 -Activation ReLU | Add-Layer MaxPool2d 2 | Add-Layer Conv2d 32 3 -Activation ReLU | Add-Layer MaxPool2d 2 |
            Add-Layer Flatten | Add-Layer Linear 10 | Invoke-Training $data -LearningRate $LearningRate -Epochs 4 -BatchSize 32
        """;

    internal static void Run(int rounds)
    {
        string root = Directory.CreateTempSubdirectory("dlx-bench").FullName;
        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds of {Trials} trials. Speed-up of two at once over one after another: min - median - max; goal 0.9 x 2.");
        try
        {
            var one = new List<SweepScript>();
            var processes = new List<SweepScript>();
            var threads = new List<SweepScript>();
            for (int round = 0; round < rounds; round++)
            {
                one.Add(Sweep(root, "Processes", 1));
                processes.Add(Sweep(root, "Processes", 2));
                threads.Add(Sweep(root, "Threads", 2));
            }
            Console.WriteLine($"{"",-16}{"wall s",8}{"trial s",9}{"cpu s",8}   {"wall speed-up",-22}{"cpu time beside one after another",-22}");
            foreach ((string name, List<SweepScript> times) in new[] { ("one process", one), ("two processes", processes), ("two threads", threads) })
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-16}{Spread.Of(times.Select(t => t.Wall)).Median,8:0.0}{Spread.Of(times.Select(t => t.Trials / Trials)).Median,9:0.00}{Spread.Of(times.Select(t => t.Cpu)).Median,8:0.0}   {Spread.Of(one.Zip(times, (a, b) => a.Wall / b.Wall)),-22}{Spread.Of(one.Zip(times, (a, b) => b.Cpu / a.Cpu)),-22}"));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static SweepScript Sweep(string root, string launcher, int workers) =>
        SweepScript.Run(root, Trial, FormattableString.Invariant($"@{{ LearningRate = 'log 1e-4..1e-2' }} -Trials {Trials} -Sampler Halton -Threads 1 -ThrottleLimit {workers} -Launcher {launcher}"));
}
