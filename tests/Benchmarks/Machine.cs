using System.Runtime.InteropServices;
using DLExperiments.Training.Fused;

namespace DLExperiments.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    internal static string Describe() =>
        $"{RuntimeInformation.OSDescription}, {Processor()}, {Environment.ProcessorCount} cores, vectors of {FusedStepEngine.WidestVectorBits} bits, {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        if (!File.Exists("/proc/cpuinfo")) return RuntimeInformation.ProcessArchitecture.ToString();
        string[] lines = File.ReadAllLines("/proc/cpuinfo");
        string Value(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
        // A virtual machine may hide the processor's name; family and model still tell which it is.
        return $"{Value("model name")} (family {Value("cpu family")}, model {Value("model\t")})";
    }
}
