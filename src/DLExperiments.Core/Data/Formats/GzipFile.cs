using System.Buffers.Binary;
using System.IO.Compression;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;

namespace DLExperiments.Data.Formats;

/// <summary>
/// A gzip file that is unpacked while it is read, and found out when it was cut off: the platform's own stream takes the end of a broken file
/// for the end of the data.
/// </summary>
internal sealed class GzipFile : Stream
{
    private const int SmallestFile = 18, LengthBytes = 4;

    private readonly string path;
    private readonly GZipStream unpacked;
    private readonly uint announced;
    private uint count;
    private bool isVerified;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, which begins as gzip does.</param>
    /// <param name="raw">The file, open for reading; closed with this stream.</param>
    /// <exception cref="InvalidDataException">It is too short to be gzip.</exception>
    internal GzipFile(string path, FileStream raw)
    {
        this.path = path;
        if (raw.Length < SmallestFile)
        {
            raw.Dispose();
            throw new InvalidDataException("It ends before its first byte of data.");
        }
        Span<byte> end = stackalloc byte[LengthBytes];
        raw.Seek(-LengthBytes, SeekOrigin.End);
        raw.ReadExactly(end);
        announced = BinaryPrimitives.ReadUInt32LittleEndian(end);
        raw.Seek(0, SeekOrigin.Begin);
        unpacked = new GZipStream(raw, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = unpacked.Read(buffer);
        count += (uint)read; // modulo 2^32, as gzip counts
        if (read == 0 && buffer.Length > 0 && !isVerified) Verify();
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The last four bytes tell how long the data is. Where they do not, several files may have been put together, or the end is missing.</summary>
    private void Verify()
    {
        isVerified = true;
        if (count == announced) return;
        try
        {
            using var strict = new GZipInputStream(File.OpenRead(path));
            byte[] buffer = new byte[1 << 16];
            while (strict.Read(buffer, 0, buffer.Length) > 0)
            {
            }
        }
        catch (Exception e) when (e is SharpZipBaseException or EndOfStreamException)
        {
            throw new InvalidDataException($"It is cut off after {count} bytes of data.", e);
        }
    }
}
