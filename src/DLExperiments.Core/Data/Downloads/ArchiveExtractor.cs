using System.Formats.Tar;
using System.IO.Compression;
using DLExperiments.Errors;

namespace DLExperiments.Data.Downloads;

/// <summary>
/// Unpacks zip, tar and tar.gz archives that nobody has vetted: members that would land outside the folder, links, devices and more bytes
/// than allowed are refused, and nothing is left of an archive that was refused.
/// </summary>
public static class ArchiveExtractor
{
    private const int UnixTypeMask = 0xF000, UnixLink = 0xA000;

    /// <summary>Whether a file is an archive of files by its name; a single packed file (.gz) is none.</summary>
    /// <param name="name">The file's name.</param>
    public static bool Knows(string name) => new[] { ".zip", ".tar", ".tar.gz", ".tgz" }.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Unpacks an archive into a folder that appears only when all is unpacked.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">The folder to make; it must not exist.</param>
    /// <param name="limit">How many bytes the members may have in all.</param>
    /// <param name="wanted">Chooses members by their names, with / between folders; null for all.</param>
    /// <param name="progress">Told the number of members unpacked, now and then.</param>
    /// <param name="cancellation">Stops the unpacking.</param>
    /// <exception cref="ExperimentException">UnsafeArchive: a member is what it must not be, and the message names it; DamagedArchive.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public static void Extract(string archive, string folder, long limit = long.MaxValue, Func<string, bool>? wanted = null, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        string aside = $"{folder}.tmp.{Environment.ProcessId}";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        try
        {
            int done = 0;
            long left = limit;
            foreach ((string name, Stream? content) in archive.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ReadZip(archive) : ReadTar(archive))
            {
                cancellation.ThrowIfCancellationRequested();
                string target = TargetOf(name, aside, archive);
                if (content is null || wanted?.Invoke(name) == false) continue;
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                using (content)
                using (var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
                    left = Copy(content, file, left, name, archive, cancellation);
                if ((++done & 0xFF) == 0) progress?.Invoke(done);
            }
            Directory.Move(aside, folder);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ExperimentException("DamagedArchive", ErrorKind.InvalidData, $"The archive '{archive}' is damaged: {e.Message}", archive, e);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    private static string TargetOf(string name, string folder, string archive)
    {
        // Windows takes both signs and drive letters; what is refused there is refused everywhere, so that an archive means one thing.
        string plain = name.Replace('\\', '/');
        if (plain.StartsWith('/') || plain.Contains(':') || plain.Contains('\0') || plain.Split('/').Contains(".."))
            throw Unsafe(archive, name, "would land outside its folder");
        string target = Path.GetFullPath(Path.Combine(folder, plain)), root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        return (target + Path.DirectorySeparatorChar).StartsWith(root, StringComparison.Ordinal) ? target : throw Unsafe(archive, name, "would land outside its folder");
    }

    private static long Copy(Stream source, FileStream target, long left, string name, string archive, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = source.Read(buffer)) > 0; )
        {
            cancellation.ThrowIfCancellationRequested();
            // Counted as it comes: what a header claims proves nothing.
            if ((left -= count) < 0) throw Unsafe(archive, name, "goes beyond the size that the archive may have unpacked");
            target.Write(buffer, 0, count);
        }
        return left;
    }

    private static IEnumerable<(string Name, Stream? Content)> ReadZip(string archive)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink) throw Unsafe(archive, entry.FullName, "is a link");
            yield return (entry.FullName, entry.FullName.EndsWith('/') ? null : entry.Open());
        }
    }

    private static IEnumerable<(string Name, Stream? Content)> ReadTar(string archive)
    {
        using Stream raw = Formats.DataFile.Inspect(archive).Open();
        using var tar = new TarReader(raw);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.Directory))
                throw Unsafe(archive, entry.Name, entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink ? "is a link" : $"is no file ({entry.EntryType})");
            bool isFolder = entry.EntryType == TarEntryType.Directory;
            yield return (entry.Name, isFolder ? null : entry.DataStream ?? Stream.Null);
        }
    }

    private static ExperimentException Unsafe(string archive, string member, string why) =>
        new("UnsafeArchive", ErrorKind.InvalidData, $"'{Path.GetFileName(archive)}' is refused: its member '{member}' {why}. Nothing of it was kept; fetch the archive from a source that you trust.", archive);
}
