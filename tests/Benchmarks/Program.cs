using System.Reflection;
using DLExperiments.Native;

namespace DLExperiments.Benchmarks;

/// <summary>Benchmarks by name: <c>dotnet run --project tests/Benchmarks -c Release -- fused|widths|cnn|dense|compare [rounds]</c>.</summary>
internal static class Program
{
    private static readonly SortedDictionary<string, Action<int>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["fused"] = FusedBenchmark.Run,
        ["widths"] = _ => WidthBenchmark.Run(25),
        ["cnn"] = rounds => TorchBenchmark.Run(TorchCase.Images, rounds),
        ["compare"] = CompareBenchmark.Run,
        ["dense"] = rounds => TorchBenchmark.Run(TorchCase.Dense, rounds),
    };

    private static int Main(string[] args)
    {
        string root = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        TorchLibrary.SearchFolder = Path.Combine(root, "module", "DLExperiments", "native", OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64");
        int rounds = 7;
        if (args.Length is not (1 or 2) || !Benchmarks.TryGetValue(args[0], out Action<int>? run)
            || (args.Length == 2 && !(int.TryParse(args[1], out rounds) && rounds > 0)))
        {
            Console.Error.WriteLine($"Usage: Benchmarks {string.Join('|', Benchmarks.Keys)} [rounds]");
            return 2;
        }
        run(rounds);
        return 0;
    }
}
