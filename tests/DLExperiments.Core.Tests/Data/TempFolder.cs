using System.IO.Compression;
using System.Text;

namespace DLExperiments.Tests.Data;

/// <summary>A folder for the files of one test; gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("dlx-data-").FullName;

    internal string Root => path;

    internal string Write(string name, string text) => Write(name, new UTF8Encoding(false).GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        string file = Path.Combine(path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
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

    /// <summary>A picture as an uncompressed 24-bit BMP made by hand: rows from the bottom, blue first, padded to four bytes.</summary>
    internal static byte[] Bmp(int width, int height, Func<int, int, (byte R, byte G, byte B)> pixel)
    {
        int line = (3 * width + 3) / 4 * 4;
        byte[] file = new byte[54 + line * height];
        using var writer = new BinaryWriter(new MemoryStream(file));
        writer.Write("BM"u8);
        foreach (int word in (int[])[file.Length, 0, 54, 40, width, height, 1 | 24 << 16, 0, line * height, 2835, 2835, 0, 0]) writer.Write(word);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                (file[54 + (height - 1 - y) * line + 3 * x + 2], file[54 + (height - 1 - y) * line + 3 * x + 1], file[54 + (height - 1 - y) * line + 3 * x]) = pixel(x, y);
        return file;
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
