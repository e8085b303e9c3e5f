using System.Runtime.InteropServices;

namespace DLExperiments.Files;

/// <summary>Brings the names in a folder to the disk: a file's own flush does not, and after a loss of power the folder may not know a file that was just renamed.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder where the system can; what refuses (some network and virtual file systems) has no such promise to keep.</summary>
    /// <param name="folder">Full path of the folder.</param>
    internal static void Try(string folder)
    {
        // NTFS keeps names in its own log, and has no such call.
        if (OperatingSystem.IsWindows()) return;
        int handle = open(folder, ReadOnly);
        if (handle < 0) return;
        _ = fsync(handle);
        _ = close(handle);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int handle);

    [LibraryImport("libc")]
    private static partial int close(int handle);
}
