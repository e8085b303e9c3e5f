using System.Globalization;
using DLExperiments.Native;

namespace DLExperiments.Benchmarks;

/// <summary>Benchmarks by name: <c>dotnet run --project tests/Benchmarks -c Release -- name [rounds] [part of a case's name]</c>; without a name it lists them.</summary>
internal static class Program
{
    private static readonly SortedDictionary<string, Action<int, string>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["fused"] = FusedBenchmark.Run,
        ["sweep"] = SweepBenchmark.Run,
        ["stack"] = StackBenchmark.Run,
        ["sweep-folder"] = (_, _) => SweepFolderBenchmark.Run(),
        ["sweep-cnn"] = SweepCnnBenchmark.Run,
        ["sweep-slurm"] = (rounds, _) => SweepSlurmBenchmark.Run(rounds),
        ["augment"] = (rounds, _) => AugmentBenchmark.Run(rounds),
        ["images"] = (rounds, _) => ImageBenchmark.Run(rounds),
        ["fits"] = (rounds, _) => FitsBenchmark.Run(rounds),
        ["cold"] = (rounds, _) => ColdBenchmark.Run(rounds),
        ["wide"] = WideBenchmark.Run,
        ["widths"] = (_, _) => WidthBenchmark.Run(25),
        ["cnn"] = (rounds, part) => TorchBenchmark.Run(TorchCase.Images, rounds, part),
        ["compare"] = (rounds, _) => CompareBenchmark.Run(rounds),
        ["kernels"] = (rounds, _) => KernelBenchmark.Run(rounds),
        ["dense"] = (rounds, part) => TorchBenchmark.Run(TorchCase.Dense, rounds, part),
        ["memory"] = (_, part) => MemoryBenchmark.Run(part),
        ["overhead"] = OverheadBenchmark.Run,
        ["lstm"] = (rounds, part) => TorchBenchmark.Run(TorchCase.Recurrent, rounds, part),
    };

    private static int Main(string[] args)
    {
        TorchLibrary.SearchFolder = Path.Combine(Child.Root, "module", "DLExperiments", "native", OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64");
        if (args is [TorchSharpPeer.Verb])
        {
            TorchSharpPeer.Serve();
            return 0;
        }
        if (args is [MemoryBenchmark.Verb, string title, string epochs])
        {
            MemoryBenchmark.Train(title, int.Parse(epochs, CultureInfo.InvariantCulture));
            return 0;
        }
        int rounds = 7;
        if (args.Length is not (1 or 2 or 3) || !Benchmarks.TryGetValue(args[0], out Action<int, string>? run)
            || (args.Length > 1 && !(int.TryParse(args[1], out rounds) && rounds > 0)))
        {
            Console.Error.WriteLine($"Usage: Benchmarks {string.Join('|', Benchmarks.Keys)} [rounds] [part of a case's name]");
            return 2;
        }
        run(rounds, args.Length > 2 ? args[2] : "");
        return 0;
    }
}
