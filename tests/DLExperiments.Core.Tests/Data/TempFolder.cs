using System.IO.Compression;
using System.Text;

namespace DLExperiments.Tests.Data;

/// <summary>A folder for the files of one test; gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("dlx-data-").FullName;

    internal string Write(string name, string text) => Write(name, new UTF8Encoding(false).GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        string file = Path.Combine(path, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    internal string WriteGzip(string name, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(bytes);
        return Write(name, packed.ToArray());
    }

    /// <summary>An IDX file made by hand: two zero bytes, type code, dimensions, big-endian sizes, bytes.</summary>
    internal static byte[] Idx(byte typeCode, int[] sizes, params byte[] data) =>
        [0, 0, typeCode, (byte)sizes.Length, .. sizes.SelectMany(s => new[] { (byte)(s >> 24), (byte)(s >> 16), (byte)(s >> 8), (byte)s }), .. data];

    public void Dispose() => Directory.Delete(path, recursive: true);
}
