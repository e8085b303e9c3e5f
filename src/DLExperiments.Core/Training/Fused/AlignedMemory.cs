using System.Numerics;
using System.Runtime.InteropServices;

namespace DLExperiments.Training.Fused;

/// <summary>Memory for vectors: aligned to cache lines, zeroed, with room behind every block so that a vector may be read past its end.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const int Alignment = 64, Slack = 512;

    private readonly List<nint> blocks = [];

    ~AlignedMemory() => Free();

    /// <summary>A new block of numbers, all zero.</summary>
    /// <param name="count">How many.</param>
    public T* Allocate<T>(long count)
        where T : unmanaged
    {
        nuint bytes = (nuint)(count * sizeof(T)) + Slack;
        void* block = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(block, bytes);
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

    private void Free()
    {
        foreach (nint block in blocks) NativeMemory.AlignedFree((void*)block);
        blocks.Clear();
    }
}
