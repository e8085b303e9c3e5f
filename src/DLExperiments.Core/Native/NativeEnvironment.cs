using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>
/// What libtorch and the libraries below it read from the environment while they are loaded, where their defaults are slow. What the environment
/// already says stays.
/// </summary>
internal static partial class NativeEnvironment
{
    private const string SpinCount = "GOMP_SPINCOUNT", WaitPolicy = "OMP_WAIT_POLICY", LargePages = "THP_MEM_ALLOC_ENABLE";

    /// <summary>Sets what pays; on Linux only, where these libraries read it.</summary>
    /// <remarks>Acts before the libraries are loaded or not at all. .NET's own environment is a copy that they do not see.</remarks>
    internal static void Prepare()
    {
        if (!OperatingSystem.IsLinux()) return;
        // GNU's OpenMP lets threads spin for milliseconds between two parallel loops: alone on a machine that costs nothing, but with another busy process
        // beside (trials of a sweep, a training in a second terminal) a small network was measured to take ten times its time and six times its processor
        // time with two threads. So they spin for some microseconds before they sleep.
        if (getenv(WaitPolicy) == IntPtr.Zero) _ = setenv(SpinCount, "1000", overwrite: 0);
        // Tensors from 2 MiB on ask for pages of 2 MiB: those of 4 KiB, which every step touches anew, took a third of the time of an LSTM. The system gives
        // them where /sys/kernel/mm/transparent_hugepage/enabled says madvise or always.
        _ = setenv(LargePages, "1", overwrite: 0);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
