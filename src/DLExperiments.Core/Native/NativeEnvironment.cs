using System.Runtime.InteropServices;

namespace DLExperiments.Native;

/// <summary>
/// What libtorch and the libraries below it read from the environment while they are loaded, where their defaults are slow. What the environment
/// already says stays.
/// </summary>
internal static partial class NativeEnvironment
{
    private const int Kept = 4 << 20;
    private const string SpinCount = "GOMP_SPINCOUNT", WaitPolicy = "OMP_WAIT_POLICY", LargePages = "THP_MEM_ALLOC_ENABLE";

    /// <summary>Sets what pays; on Linux only, where these libraries read it.</summary>
    /// <remarks>Acts before the libraries are loaded or not at all. .NET's own environment is a copy that they do not see.</remarks>
    internal static void Prepare()
    {
        if (!OperatingSystem.IsLinux()) return;
        // GNU's OpenMP lets threads spin for milliseconds between two parallel loops: alone on a machine that costs nothing, but with another busy process
        // beside (trials of a sweep, a training in a second terminal) a small network was measured to take ten times its time and six times its processor
        // time with two threads. So they spin for some microseconds before they sleep: 3000 turns take a tenth off LeNet-5's step that 1000 leave to waking threads,
        // and cost a sixth where two trainings of two threads each share two cores; 30000 cost three times its time there.
        if (getenv(WaitPolicy) == IntPtr.Zero) _ = setenv(SpinCount, "3000", overwrite: 0);
        // Tensors from 2 MiB on ask for pages of 2 MiB: those of 4 KiB, which every step touches anew, took a third of the time of an LSTM. The system gives
        // them where /sys/kernel/mm/transparent_hugepage/enabled says madvise or always.
        _ = setenv(LargePages, "1", overwrite: 0);
        KeepFreedMemory();
    }

    /// <summary>Has the C library keep the memory of freed tensors for the next ones.</summary>
    /// <remarks>
    /// GNU's library asks the system for blocks from a threshold on, and gives them back when they are freed; the threshold rises to the size of such a block
    /// when it is freed (mallopt(3), M_MMAP_THRESHOLD). But aligned blocks, as tensors are, are asked for with room to align them and freed without it, so that
    /// the largest tensor stays above the threshold, and its pages are made anew in every step: a third of the time of LeNet-5. One freed block
    /// raises it for good; larger tensors have large pages, which are made quickly, and given back they leave no holes. What the environment says of the library's
    /// memory (MALLOC_, GLIBC_TUNABLES) wins.
    /// </remarks>
    private static unsafe void KeepFreedMemory() => NativeMemory.Free(NativeMemory.Alloc(Kept));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
