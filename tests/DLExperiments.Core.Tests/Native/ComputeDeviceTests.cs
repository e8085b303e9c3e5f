using System.Globalization;
using System.Runtime.InteropServices;
using DLExperiments.Native;
using TorchSharp;
using static DLExperiments.Tests.ChildProcess;

namespace DLExperiments.Tests.Native;

public class ComputeDeviceTests
{
    private static bool HasDriver => NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out _);

    [LinuxFact]
    public void Report_on_a_CPU_build_loads_no_libtorch()
    {
        Result result = Run(ReportWithoutLoading, null);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    private static void ReportWithoutLoading()
    {
        Assert.Equal("cpu", ComputeDevices.Find().First().Name);
        Assert.All(ComputeDevices.Find().Skip(1), d => Assert.False(d.IsAvailable));
        Assert.False(TorchLibrary.IsLoaded);
        Assert.DoesNotContain("libtorch_cpu", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", null)]
    [InlineData(null, "1")]
    [InlineData("1", "2")]
    [InlineData("2", "1")]
    public void Threads_told_before_loading_are_those_that_libtorch_takes(string? openMp, string? mkl)
    {
        Result result = Run(CompareThreads, new Dictionary<string, string?> { ["OMP_NUM_THREADS"] = openMp, ["MKL_NUM_THREADS"] = mkl });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    private static void CompareThreads()
    {
        int told = ComputeDevices.Cpu().Threads!.Value;
        TorchLibrary.EnsureLoaded();
        Assert.Equal(torch.get_num_threads(), told);
        Assert.Equal(torch.get_num_threads(), ComputeDevices.Cpu().Threads);
    }

    /// <summary>Against the kernel's own list (flags of /proc/cpuinfo), which the report does not read.</summary>
    [LinuxTheory]
    [InlineData("AVX2", "avx2")]
    [InlineData("FMA", "fma")]
    [InlineData("AVX512F", "avx512f")]
    [InlineData("BMI2", "bmi2")]
    [InlineData("SSE4.2", "sse4_2")]
    public void Instruction_sets_are_among_the_kernel_s_flags(string name, string flag)
    {
        string[] flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        if (ComputeDevices.Cpu().InstructionSets.Contains(name)) Assert.Contains(flag, flags);
        else Assert.True(!flags.Contains(flag) || Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(k => k.StartsWith("DOTNET_Enable", StringComparison.Ordinal)), $"{flag} is there and not told");
    }

    [LinuxFact]
    public void Memory_is_in_bytes_and_no_more_than_the_machine_has()
    {
        string total = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        long machine = 1024 * long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.InRange(ComputeDevices.Cpu().Memory!.Value, 64 << 20, machine);
    }

    [LinuxFact]
    public void Cuda_build_without_a_driver_says_that_the_driver_is_missing()
    {
        using NativeCopy copy = new();
        copy.Add("libtorch_cuda.so", File.ReadAllBytes(Path.Combine(NativeSetup.NativeFolder, "libtorch.so")));
        Result result = Run(PrintCuda, new Dictionary<string, string?> { ["DLEXPERIMENTS_NATIVE"] = copy.Folder });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        if (!HasDriver) Assert.StartsWith("cuda|False|No NVIDIA driver: libcuda.so.1", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CPU build", result.Output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Library_that_only_has_the_driver_s_name_is_told()
    {
        using NativeCopy copy = new();
        copy.Add("libcuda.so.1", File.ReadAllBytes(Path.Combine(NativeSetup.NativeFolder, "libc10.so")));
        Result result = Run(PrintCuda, new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = copy.Folder });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("libcuda.so.1 is not a CUDA driver", result.Output, StringComparison.Ordinal);
        Assert.Contains("CPU build", result.Output, StringComparison.Ordinal);
    }

    private static void PrintCuda()
    {
        ComputeDevice cuda = ComputeDevices.Find().First(d => d.Type == "CUDA");
        Console.Write($"{cuda.Name}|{cuda.IsAvailable}|{cuda.Reason}");
    }
}
