using System.Numerics;
using System.Runtime.InteropServices;

namespace DLExperiments.Training.Fused;

/// <summary>Memory for vectors: aligned to cache lines, zeroed, with room behind every block so that a vector may be read past its end.</summary>
internal sealed unsafe partial class AlignedMemory : IDisposable
{
    private const int Alignment = 64, Slack = 512, HugePage = 1 << 21, HugePagesWanted = 14;

    private readonly List<nint> blocks = [];

    ~AlignedMemory() => Free();

    /// <summary>A new block of numbers, all zero.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isFilled">Whether the caller writes all of them at once, so that only what lies behind them is zeroed.</param>
    public T* Allocate<T>(long count, bool isFilled = false)
        where T : unmanaged
    {
        nuint bytes = (nuint)(count * sizeof(T)) + Slack;
        // Rows are visited in any order, so that with pages of 4 KiB finding them costs time with each batch.
        bool isHuge = bytes >= 2 * HugePage && OperatingSystem.IsLinux();
        void* block = NativeMemory.AlignedAlloc(bytes, (nuint)(isHuge ? HugePage : Alignment));
        if (isHuge) _ = Advise(block, bytes, HugePagesWanted);
        if (isFilled) NativeMemory.Clear((T*)block + count, Slack);
        else NativeMemory.Clear(block, bytes);
        blocks.Add((nint)block);
        return (T*)block;
    }

    /// <summary>A new block of pointers.</summary>
    /// <param name="count">How many.</param>
    public T** AllocatePointers<T>(long count)
        where T : unmanaged, INumber<T> => (T**)Allocate<nint>(count);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>madvise(2); a system that does not do as it is asked changes nothing but time.</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* block, nuint bytes, int advice);

    private void Free()
    {
        foreach (nint block in blocks) NativeMemory.AlignedFree((void*)block);
        blocks.Clear();
    }
}
