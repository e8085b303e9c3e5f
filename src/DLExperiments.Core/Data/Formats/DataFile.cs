using DLExperiments.Errors;

namespace DLExperiments.Data.Formats;

/// <summary>A file of data, unpacked on the way when its first bytes say that it is gzip; or a folder of files.</summary>
public sealed class DataFile
{
    private const int StartBytes = 4096;

    private DataFile(string path, bool isCompressed, byte[] start)
    {
        Path = path;
        IsCompressed = isCompressed;
        Start = start;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Whether it is a folder; it then has no bytes of its own.</summary>
    public bool IsFolder { get; private init; }

    /// <summary>Its length in bytes as it lies there; 0 for a folder.</summary>
    public long Length { get; private init; }

    /// <summary>Whether it is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>The first bytes, unpacked; at most 4,096.</summary>
    public ReadOnlyMemory<byte> Start { get; }

    /// <summary>The file's name without folder and without .gz, lower case.</summary>
    public string PlainName
    {
        get
        {
            string name = System.IO.Path.GetFileName(Path).ToLowerInvariant();
            return name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
        }
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="ExperimentException">FileNotFound: there is none; EmptyFile: it has no byte; DamagedArchive: it is gzip and damaged.</exception>
    public static DataFile Inspect(string path)
    {
        if (Directory.Exists(path)) return new DataFile(path, false, []) { IsFolder = true };
        if (!File.Exists(path)) throw new ExperimentException("FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'.", path);
        bool compressed;
        using (FileStream raw = File.OpenRead(path))
        {
            if (raw.Length == 0) throw new ExperimentException("EmptyFile", ErrorKind.InvalidData, $"The file '{path}' is empty.", path);
            compressed = raw.ReadByte() == 0x1F && raw.ReadByte() == 0x8B;
        }
        var file = new DataFile(path, compressed, []);
        byte[] start = new byte[StartBytes];
        try
        {
            using Stream stream = file.Open();
            int count = stream.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false);
            return new DataFile(path, compressed, start[..count]) { Length = new FileInfo(path).Length };
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>Opens the content, unpacked.</summary>
    /// <returns>A stream whose reading throws <see cref="InvalidDataException"/> when a packed file is damaged or cut off.</returns>
    public Stream Open()
    {
        var raw = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return IsCompressed ? new GzipFile(Path, raw) : raw;
    }

    internal static ExperimentException Damaged(string path, Exception inner) =>
        new("DamagedArchive", ErrorKind.InvalidData, $"The gzip file '{path}' is damaged: {inner.Message}", path, inner);
}
