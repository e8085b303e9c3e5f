using DLExperiments.Errors;

namespace DLExperiments.Files;

/// <summary>Writes files so that a reader, a crash or a full disk never leaves half of one: write aside, flush to disk, rename, flush the folder.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ExperimentException">FileExists: it exists and may not be replaced; FileNotWritable: it cannot be written,
    /// and what was there before is still there.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        CheckTarget(path, overwrite);
        string aside = $"{path}.tmp.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite);
            FolderFlush.Try(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(aside);
            throw NotWritable(path, e);
        }
        catch
        {
            Discard(aside);
            throw;
        }
    }

    /// <summary>Checks, before any work is done, that a file may be written where it is wanted.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="ExperimentException">FileExists, or FolderNotFound, or FileNotWritable when it is a folder.</exception>
    public static void CheckTarget(string path, bool overwrite)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
            throw new ExperimentException("FolderNotFound", ErrorKind.NotFound,
                $"'{path}' cannot be written: the folder '{folder}' does not exist. Create it first.", path);
        if (Directory.Exists(path))
            throw new ExperimentException("FileNotWritable", ErrorKind.Io, $"'{path}' cannot be written: it is a folder.", path);
        if (!overwrite && File.Exists(path))
            throw new ExperimentException("FileExists", ErrorKind.AlreadyExists,
                $"'{path}' exists already. Use -Force to replace it, or choose another path.", path);
    }

    /// <summary>The error of a file that cannot be written.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="e">What the system says.</param>
    internal static ExperimentException NotWritable(string path, Exception e) => new("FileNotWritable", ErrorKind.Io, IsFull(e)
        ? $"'{path}' cannot be written: its disk is full. Nothing was changed; make room, or choose another path." : $"'{path}' cannot be written: {e.Message} Nothing was changed.", path, e);

    // ENOSPC, EDQUOT, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; the system's own words name the file that is written aside.
    private static bool IsFull(Exception error) => error.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027) || (OperatingSystem.IsLinux() && error.HResult is 28 or 122);

    /// <summary>Removes what was written aside.</summary>
    /// <param name="aside">Full path of the file.</param>
    internal static void Discard(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; a left-over is ignored by every reader.
        }
    }
}
