using System.Runtime.InteropServices;
using DLExperiments.Native;
using static DLExperiments.Tests.ChildProcess;

namespace DLExperiments.Tests.Native;

/// <summary>The native libraries read their settings when they are loaded, so each case is a process of its own.</summary>
public partial class NativeEnvironmentTests
{
    [Theory]
    [InlineData(null, null, "1000")]
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
