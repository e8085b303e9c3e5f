using System.Globalization;
using System.Runtime.InteropServices;
using DLExperiments.Native;
using TorchSharp;
using static DLExperiments.Tests.ChildProcess;

namespace DLExperiments.Tests.Native;

/// <summary>The native libraries read their settings when they are loaded, so each case is a process of its own.</summary>
public partial class NativeEnvironmentTests
{
    [Theory]
    [InlineData(null, null, "3000")]
    [InlineData("77", null, "77")]
    [InlineData(null, "active", "")]
    public void Threads_wait_briefly_unless_the_environment_says_how(string? spin, string? policy, string expected)
    {
        var environment = new Dictionary<string, string?> { ["GOMP_SPINCOUNT"] = spin, ["OMP_WAIT_POLICY"] = policy };
        Result result = Run(PrintSpinCount, environment);
        Assert.Equal((0, expected, ""), (result.ExitCode, result.Output, result.Error));
    }

    [LinuxTheory]
    [InlineData(null, "1")]
    [InlineData("0", "0")]
    public void Tensors_use_large_pages_unless_the_environment_says_otherwise(string? setting, string expected)
    {
        Result result = Run(PrintLargePages, new Dictionary<string, string?> { ["THP_MEM_ALLOC_ENABLE"] = setting });
        Assert.Equal((0, expected, ""), (result.ExitCode, result.Output, result.Error));
    }

    [LinuxFact]
    public void Pages_of_a_freed_tensor_serve_the_next_one()
    {
        // Without large pages, of which the system may give some or none: a tensor of 3 MB has 784 pages, a hundred of them 78,400.
        Result result = Run(PrintPageFaults, new Dictionary<string, string?> { ["THP_MEM_ALLOC_ENABLE"] = "0" });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.InRange(int.Parse(result.Output, CultureInfo.InvariantCulture), 0, 7_840);
    }

    private static void PrintPageFaults()
    {
        TorchLibrary.EnsureLoaded();
        long before = 0;
        for (int i = 0; i < 110; i++)
        {
            // What is done for the first time is not counted.
            if (i == 10) before = PageFaults();
            using torch.Tensor tensor = torch.ones(784 * 1024);
        }
        Console.Write(PageFaults() - before);
    }

    /// <summary>How often the process has touched a page for the first time: field 10 of proc_pid_stat(5).</summary>
    private static long PageFaults()
    {
        string line = File.ReadAllText("/proc/self/stat");
        return long.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }

    private static void PrintSpinCount()
    {
        TorchLibrary.EnsureLoaded();
        Console.Write(Marshal.PtrToStringUTF8(getenv("GOMP_SPINCOUNT")) ?? "");
    }

    private static void PrintLargePages()
    {
        TorchLibrary.EnsureLoaded();
        Console.Write(Marshal.PtrToStringUTF8(getenv("THP_MEM_ALLOC_ENABLE")) ?? "");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr getenv(string name);
}
