using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>How libtorch's threads wait for one another between two parallel loops.</summary>
internal static partial class ThreadWaiting
{
    private const string SpinCount = "GOMP_SPINCOUNT", Policy = "OMP_WAIT_POLICY";

    /// <summary>
    /// Has them spin for some microseconds before they sleep, unless the environment already says how. GNU's OpenMP spins for milliseconds by
    /// default: alone on a machine that costs nothing, but with another busy process beside (trials of a sweep, a training in a second
    /// terminal) a small network was measured to take ten times its time and six times its processor time with two threads.
    /// </summary>
    /// <remarks>Acts before OpenMP is loaded or not at all: it reads its settings then. .NET's own environment is a copy that OpenMP does not see.</remarks>
    internal static void Shorten()
    {
        if (!OperatingSystem.IsLinux() || getenv(Policy) != IntPtr.Zero) return;
        _ = setenv(SpinCount, "1000", overwrite: 0);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
