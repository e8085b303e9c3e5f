using System.Runtime.InteropServices;

namespace DLExperiments.Tests.Training;

/// <summary>The C library's own account of its heap (mallinfo2, glibc 2.33 and later): exact where resident memory breathes by megabytes.</summary>
internal static partial class NativeHeap
{
    /// <summary>Bytes given out and not freed, small blocks and mapped ones, of all threads.</summary>
    public static long BytesInUse
    {
        get
        {
            Account account = ReadAccount();
            return (long)(account.InUse + account.Mapped);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial Account ReadAccount();

    /// <summary>struct mallinfo2 of malloc.h, in its order (arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Account
    {
        public nuint Arena, FreeBlocks, FastBlocks, MappedBlocks, Mapped, Unused, FastFree, InUse, Free, Releasable;
    }
}
