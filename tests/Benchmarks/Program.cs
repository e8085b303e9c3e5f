using System.Reflection;
using DLExperiments.Native;

namespace DLExperiments.Benchmarks;

/// <summary>Benchmarks by name: <c>dotnet run --project tests/Benchmarks -c Release -- fused [rounds]</c>, or <c>-- widths</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string root = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        TorchLibrary.SearchFolder = Path.Combine(root, "module", "DLExperiments", "native", OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64");
        switch (args)
        {
            case ["fused"]:
                FusedBenchmark.Run(7);
                return 0;
            case ["fused", var rounds] when int.TryParse(rounds, out int count) && count > 0:
                FusedBenchmark.Run(count);
                return 0;
            case ["widths"]:
                WidthBenchmark.Run(25);
                return 0;
            default:
                Console.Error.WriteLine("Usage: Benchmarks fused [rounds] | widths");
                return 2;
        }
    }
}
